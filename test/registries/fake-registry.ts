import { readFileSync } from "node:fs";
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createSecureServer as createHttp2, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import { createServer as createHttps } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { fileURLToPath } from "node:url";

/**
 * A server on loopback that speaks as a registry, its token service or its storage would: a function from a request to an answer. A
 * request it has no answer for is kept, and fails the test when the server ends.
 */
export interface FakeRegistry {
  /** `127.0.0.1:41234` */
  readonly domain: string;
  readonly origin: string;
  readonly requests: readonly FakeRequest[];
  /** `GET /v2/…`, in the order they came. */
  readonly lines: readonly string[];
  readonly connections: { readonly total: number; readonly open: number; readonly mostOpen: number };
  /** How many requests were being answered at the same time. */
  readonly mostAtOnce: number;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface FakeRequest {
  readonly line: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** From 1. */
  readonly number: number;
}

export type FakeAnswer =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string | readonly string[]>>;
      readonly body?: string | Buffer | object;
    }
  | "close the socket"
  | "never answer"
  | "stop in the middle";

type Handle = (request: FakeRequest) => FakeAnswer | undefined | Promise<FakeAnswer | undefined>;

/** The certificate every https server here shows; nobody trusts it by default. */
export const certificateFile = fileURLToPath(new URL("loopback-certificate.pem", import.meta.url));
const keyFile = fileURLToPath(new URL("loopback-key.pem", import.meta.url));

export async function startFakeRegistry(
  handle: Handle,
  protocol: "http" | "https" | "http2" = "http",
): Promise<FakeRegistry> {
  const requests: FakeRequest[] = [];
  const unexpected: string[] = [];
  const sockets = new Set<Socket>();
  const connections = { total: 0, open: 0, mostOpen: 0 };
  const atOnce = { now: 0, most: 0 };

  const serve = async (
    incoming: IncomingMessage | Http2ServerRequest,
    outgoing: ServerResponse | Http2ServerResponse,
  ) => {
    atOnce.now += 1;
    atOnce.most = Math.max(atOnce.most, atOnce.now);
    const request = await readRequest(incoming, requests.length + 1);
    requests.push(request);
    const answer = await handle(request);
    if (answer === undefined) unexpected.push(request.line);
    atOnce.now -= 1;
    send(answer ?? { status: 418, body: `not expected: ${request.line}` }, incoming, outgoing);
  };
  const track = (socket: Socket) => {
    sockets.add(socket);
    connections.total += 1;
    connections.open += 1;
    connections.mostOpen = Math.max(connections.mostOpen, connections.open);
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      connections.open -= 1;
    });
  };

  const server = createServer(protocol, (incoming, outgoing) => void serve(incoming, outgoing));
  server.on("connection", track);
  server.on("sessionError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    domain: `127.0.0.1:${port}`,
    origin: `${protocol === "http" ? "http" : "https"}://127.0.0.1:${port}`,
    requests,
    connections,
    get lines() {
      return requests.map((request) => request.line);
    },
    get mostAtOnce() {
      return atOnce.most;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      if (unexpected.length > 0) throw new Error(`The fake registry did not expect ${unexpected.join(", ")}`);
    },
  };
}

/** Answers in exactly this order; a request that is not the next one is unexpected. */
export function exchanges(list: readonly (readonly [line: string, answer: FakeAnswer])[]): Handle {
  const rest = [...list];
  return (request) => {
    const [line, answer] = rest[0] ?? [];
    if (line !== request.line) return undefined;
    rest.shift();
    return answer;
  };
}

type Listener = (
  incoming: IncomingMessage | Http2ServerRequest,
  outgoing: ServerResponse | Http2ServerResponse,
) => void;

function createServer(protocol: "http" | "https" | "http2", listener: Listener) {
  if (protocol === "http") return createHttp(listener);
  const identity = { key: readFileSync(keyFile), cert: readFileSync(certificateFile) };
  return protocol === "https"
    ? createHttps(identity, listener)
    : createHttp2({ ...identity, allowHTTP1: true }, listener);
}

async function readRequest(incoming: IncomingMessage | Http2ServerRequest, number: number): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = "", headers } = incoming;
  const url = new URL(incoming.url ?? "", "http://fake");
  const line = `${method} ${incoming.url}`;
  return { line, method, url, headers, body: Buffer.concat(chunks).toString(), number };
}

function send(
  answer: FakeAnswer,
  incoming: IncomingMessage | Http2ServerRequest,
  outgoing: ServerResponse | Http2ServerResponse,
): void {
  if (answer === "never answer") return;
  if (answer === "close the socket") return void incoming.socket.destroy();
  const response = outgoing as ServerResponse;
  if (answer === "stop in the middle") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    return void response.write('{"tags":[');
  }
  const { status = 200, headers = {}, body = "" } = answer;
  const isJson = typeof body === "object" && !Buffer.isBuffer(body);
  const bytes = isJson ? JSON.stringify(body) : body;
  response.writeHead(status, { ...(isJson ? { "content-type": "application/json" } : {}), ...headers } as Record<
    string,
    string
  >);
  response.end(incoming.method === "HEAD" ? undefined : bytes);
}
