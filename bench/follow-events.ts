import { once } from "node:events";
import { type ClientRequest, get, type IncomingMessage } from "node:http";

export interface Followers extends Disposable {
  /** How many events each has seen. */
  readonly seen: readonly number[];
  /** Of streams that ended or broke. */
  readonly errors: readonly string[];
}

/** Event streams, all of the same events. */
export async function followEvents(url: string, token: string, count: number): Promise<Followers> {
  const headers = { accept: "text/event-stream", authorization: `Bearer ${token}` };
  const seen = Array.from({ length: count }, () => 0);
  const errors: string[] = [];
  let isOver = false;
  const fail = (error: unknown): void => {
    if (!isOver) errors.push(String(error));
  };
  const requests: ClientRequest[] = [];
  for (let index = 0; index < count; index += 1) {
    const request = get(`${url}/api/v1/events`, { headers, agent: false }).on("error", fail);
    requests.push(request);
    const [response]: IncomingMessage[] = await once(request, "response");
    if (response === undefined || response.statusCode !== 200) throw new Error(`events: ${response?.statusCode}`);
    response.setEncoding("utf8").on("data", (text: string) => {
      seen[index] = (seen[index] ?? 0) + text.split("\ndata:").length - 1;
    });
    response.on("end", () => fail("a stream ended")).on("error", fail);
  }
  return {
    seen,
    errors,
    [Symbol.dispose]() {
      isOver = true;
      for (const request of requests) request.destroy();
    },
  };
}
