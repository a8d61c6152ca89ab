import { execFileSync, spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type ListeningServer, listen } from "./listen.ts";

export interface GitServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`; a bare repository `<folder>/a.git` is at `/a.git`. */
  readonly url: string;
  /** `GET /a.git/info/refs?service=git-upload-pack`, and whether it came with credentials. */
  readonly requests: { readonly line: string; readonly authorization: string | undefined }[];
  /** What is wrong with it from now on. */
  fault: GitServerFault | undefined;
}

export type GitServerFault =
  /** Never answers. */
  | { readonly kind: "hang" }
  /** Ends every connection without a word. */
  | { readonly kind: "disconnect" }
  | { readonly kind: "answer"; readonly status: number; readonly location?: string }
  /** Takes a push, and ends the connection instead of saying so. */
  | { readonly kind: "lose-push-answer" };

/** git's own `http-backend` over a folder of bare repositories; with a password, only for who knows it. */
export async function gitServer(
  folder: string,
  account?: { readonly username: string; readonly password: string },
): Promise<GitServer> {
  const requests: GitServer["requests"] = [];
  const backend = `${execFileSync("git", ["--exec-path"], { encoding: "utf8" }).trim()}/git-http-backend`;
  const wanted = account && `Basic ${Buffer.from(`${account.username}:${account.password}`).toString("base64")}`;
  const state: Pick<GitServer, "fault"> = { fault: undefined };
  const server: ListeningServer = await listen(
    createServer((request, response) => {
      const { authorization } = request.headers;
      requests.push({ line: `${request.method} ${request.url}`, authorization });
      const isPush = request.method === "POST" && request.url?.endsWith("/git-receive-pack") === true;
      if (state.fault?.kind === "lose-push-answer" && isPush)
        runBackend(backend, folder, request, () => request.socket.destroy());
      else if (state.fault !== undefined && state.fault.kind !== "lose-push-answer")
        beFaulty(state.fault, request, response);
      else if (wanted !== undefined && authorization !== wanted)
        response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end("who are you?");
      else runBackend(backend, folder, request, response);
    }),
  );
  return Object.assign(state, {
    url: `http://${server.host}`,
    requests,
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  });
}

function beFaulty(
  fault: Exclude<GitServerFault, { readonly kind: "lose-push-answer" }>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (fault.kind === "disconnect") request.socket.destroy();
  if (fault.kind === "answer")
    response
      .writeHead(fault.status, fault.location === undefined ? {} : { location: fault.location + request.url })
      .end();
}

/** `answer`: to the request, or what to do when the backend has done its work. */
function runBackend(
  backend: string,
  folder: string,
  request: IncomingMessage,
  answer: ServerResponse | (() => void),
): void {
  const url = new URL(request.url ?? "/", "http://git");
  const backendProcess = spawn(backend, {
    stdio: ["pipe", "pipe", "ignore"],
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      CONTENT_LENGTH: request.headers["content-length"] ?? "",
      REQUEST_METHOD: request.method ?? "GET",
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REMOTE_USER: "test",
      REMOTE_ADDR: "127.0.0.1",
    },
  });
  request.pipe(backendProcess.stdin).on("error", () => undefined);
  if (typeof answer === "function") backendProcess.stdout.resume().once("close", answer);
  else answerWith(backendProcess.stdout, answer);
}

/** CGI: header lines, an empty line, the body. */
function answerWith(output: NodeJS.ReadableStream, response: ServerResponse): void {
  let head: Buffer | undefined = Buffer.alloc(0);
  output.on("data", (chunk: Buffer) => {
    if (head === undefined) return void response.write(chunk);
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end === -1) return;
    const lines = head.toString("latin1", 0, end).split("\r\n");
    const headers = lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]);
    const status = headers.find(([name]) => name === "Status")?.[1];
    const rest = head.subarray(end + 4);
    head = undefined;
    response.writeHead(
      Number(status?.slice(0, 3) ?? 200),
      Object.fromEntries(headers.filter(([name]) => name !== "Status")),
    );
    response.write(rest);
  });
  output.on("end", () => response.end());
}
