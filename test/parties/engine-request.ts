import { request } from "node:http";

/** One call to an engine's socket. Gives what it answers, as JSON where it is; rejects with what the engine complains of. */
export function engineRequest(socket: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const isBytes = Buffer.isBuffer(body);
  const bytes = isBytes ? body : Buffer.from(body === undefined ? "" : JSON.stringify(body));
  const headers = {
    "content-type": isBytes ? "application/x-tar" : "application/json",
    "content-length": bytes.length,
    // Pushing wants credentials; nobody's will do.
    "x-registry-auth": Buffer.from("{}").toString("base64"),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: socket, method, path, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        if ((response.statusCode ?? 500) < 400) resolve(parse(text));
        else reject(new Error(`${method} ${path}: ${response.statusCode} ${text.trim()}`));
      });
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(bytes);
  });
}

/** Progress comes as one JSON value after the other: that stays text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
