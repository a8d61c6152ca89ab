import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps } from "node:https";
import type * as z from "zod";
import type { Certificate } from "../parties/certificate.ts";
import { listen } from "../parties/listen.ts";

export const token = "s3cret-t0ken";

/** One request for merging, as a forge keeps it. */
export interface KeptRequest {
  readonly number: number;
  readonly branch: string;
  readonly target: string;
  readonly isFromFork: boolean;
  title: string;
  body: string;
  state: "open" | "merged" | "closed";
  readonly comments: string[];
}

export interface FakeCall {
  readonly method: string;
  /** As sent, still encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

export type FakeAnswer =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | object;
    }
  | "never answer"
  | "close the socket";

export interface FakeForge extends AsyncDisposable {
  readonly origin: string;
  readonly calls: readonly FakeCall[];
  /** In the order they were made. */
  readonly kept: KeptRequest[];
  keep(request: Partial<KeptRequest> & Pick<KeptRequest, "branch" | "target">): KeptRequest;
  /** For the next call, whatever it is. */
  answerNext(...answers: readonly FakeAnswer[]): void;
}

/** What one kind of forge knows about its API. `refuse` fails the test: the call is none that is documented. */
export type FakeApi = (call: FakeCall, forge: FakeForge, refuse: (why: string) => FakeAnswer) => FakeAnswer;

/** A server on loopback. What it was asked against its documentation fails the test when it ends. */
export async function startFakeForge(api: FakeApi, certificate?: Certificate): Promise<FakeForge> {
  const kept: KeptRequest[] = [];
  const calls: FakeCall[] = [];
  const next: FakeAnswer[] = [];
  const faults: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readCall(request);
    calls.push(call);
    const refuse = (why: string): FakeAnswer => {
      faults.push(`${call.method} ${call.path}: ${why}`);
      return { status: 400, body: { message: why } };
    };
    write(next.shift() ?? api(call, forge, refuse), response);
  };
  const handle = (request: IncomingMessage, response: ServerResponse): void => void answer(request, response);
  const server = await listen(certificate === undefined ? createServer(handle) : createHttps(certificate, handle));
  const forge: FakeForge = {
    origin: `${certificate === undefined ? "http" : "https"}://${server.host}`,
    calls,
    kept,
    keep: (request) => {
      const whole = {
        number: kept.length + 1,
        isFromFork: false,
        title: "",
        body: "",
        state: "open" as const,
        comments: [],
        ...request,
      };
      kept.push(whole);
      return whole;
    },
    answerNext: (...answers) => void next.push(...answers),
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      if (faults.length > 0) throw new Error(`The forge was asked for what it does not have:\n${faults.join("\n")}`);
    },
  };
  return forge;
}

async function readCall(request: IncomingMessage): Promise<FakeCall> {
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return {
    method: request.method ?? "",
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: request.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

function write(answer: FakeAnswer, response: ServerResponse): void {
  if (answer === "never answer") return;
  if (answer === "close the socket") return void response.destroy();
  const { status, headers, body = "" } = answer;
  const isText = typeof body === "string";
  response
    .writeHead(status, { "content-type": isText ? "text/html" : "application/json; charset=utf-8", ...headers })
    .end(isText ? body : JSON.stringify(body));
}

/** Checks body and query against what is documented, unknown fields included. */
export function check<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UndocumentedCall(
    `${what}: ${parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; ")}`,
  );
}

class UndocumentedCall extends Error {}

/** Turns a failed `check` into a refusal. */
export function strictly(api: (call: FakeCall, forge: FakeForge) => FakeAnswer | undefined): FakeApi {
  return (call, forge, refuse) => {
    try {
      if (call.body !== undefined && !/^application\/json\b/.test(call.headers["content-type"] ?? ""))
        return refuse("a body without its type");
      return api(call, forge) ?? refuse("no such endpoint");
    } catch (error) {
      if (error instanceof UndocumentedCall) return refuse(error.message);
      throw error;
    }
  };
}

/** One page, with the `Link` header by which these servers tell of the next. */
export function givePage<T>(
  all: readonly T[],
  page: number,
  size: number,
): { items: readonly T[]; link: Record<string, string> } {
  const items = all.slice((page - 1) * size, page * size);
  const hasNext = page * size < all.length;
  const link = hasNext
    ? {
        link: `<https://elsewhere.invalid/?page=${page + 1}>; rel="next", <https://elsewhere.invalid/?page=9>; rel="last"`,
      }
    : {};
  return { items, link };
}
