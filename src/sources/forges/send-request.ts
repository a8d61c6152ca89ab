import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { inSpan } from "../../telemetry/trace.ts";

export interface ForgeRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** undefined: those that Node trusts. */
  readonly authorities: readonly string[] | undefined;
  readonly deadlineSeconds: number;
  readonly signal: AbortSignal | undefined;
}

export type Exchange =
  | { readonly kind: "answer"; readonly answer: ForgeAnswer }
  | { readonly kind: "failed"; readonly reason: "network" | "timeout" | "too-large"; readonly cause: unknown };

export interface ForgeAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly header: (name: string) => string | undefined;
  readonly text: string;
}

const largestAnswerBytes = 8 * 1024 * 1024;

/** One exchange on a connection of its own: no redirect is followed, nothing repeated. Rejects only when the signal aborts. */
export function sendRequest(request: ForgeRequest): Promise<Exchange> {
  const { method, url } = request;
  const facts = { "http.request.method": method, "server.address": url.host, "url.path": url.pathname };
  return inSpan("forges", method, facts, async (span) => {
    const exchange = await send(request);
    if (exchange.kind === "failed") span.fail(exchange.reason);
    else span.set({ "http.response.status_code": exchange.answer.status });
    return exchange;
  });
}

async function send(request: ForgeRequest): Promise<Exchange> {
  const late = AbortSignal.timeout(request.deadlineSeconds * 1000);
  const signal = request.signal === undefined ? late : AbortSignal.any([late, request.signal]);
  try {
    const message = await connect(request, signal);
    const text = await readText(message);
    if (text === undefined) return { kind: "failed", reason: "too-large", cause: undefined };
    const header: ForgeAnswer["header"] = (name) => {
      const value = message.headers[name];
      return typeof value === "object" ? value.join(", ") : value;
    };
    return { kind: "answer", answer: { status: message.statusCode ?? 0, header, text } };
  } catch (cause) {
    request.signal?.throwIfAborted();
    return { kind: "failed", reason: late.aborted ? "timeout" : "network", cause };
  }
}

async function connect(
  { method, url, headers, body, authorities }: ForgeRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const open = url.protocol === "http:" ? requestHttp : requestHttps;
  const ca = authorities === undefined ? {} : { ca: [...authorities] };
  open(url, { method, headers, signal, agent: false, ...ca }, resolve)
    .on("error", reject)
    .end(body);
  return promise;
}

async function readText(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    const part: Buffer = chunk;
    bytes += part.length;
    // Leaving the loop ends the connection.
    if (bytes > largestAnswerBytes) return undefined;
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString("utf8");
}
