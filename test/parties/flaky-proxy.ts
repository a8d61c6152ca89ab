import { createHash } from "node:crypto";
import {
  Agent,
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as requestHttp,
  type ServerResponse,
} from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { listen } from "./listen.ts";

export interface ProxyFaults {
  /** Added before every answer. */
  readonly delayMs?: number;
  /** This share of the requests is answered with one of the statuses instead; which ones, the seed decides. */
  readonly refuse?: {
    readonly share: number;
    readonly statuses: readonly number[];
    readonly retryAfter?: string;
    readonly seed?: number;
  };
  /** Headers added to every answer: `ratelimit-remaining`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly hasNoDigestHeader?: boolean;
  /** Tag lists come in pages, the next one linked by an opaque parameter. `loop`: the last page links to the first. */
  readonly paging?: { readonly size: number; readonly link: "relative" | "absolute" | "loop" };
  /** Whatever else may happen to a request. */
  readonly answer?: (request: ProxyRequest) => ProxyAnswer | "close" | undefined;
}

interface ProxyRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
}

interface ProxyAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface FlakyProxy extends AsyncDisposable {
  readonly host: string;
  readonly url: string;
  /** In the order of their arrival, with the status that was answered. */
  readonly log: (ProxyRequest & { readonly status: number | "closed" })[];
  /** Connections accepted so far. */
  readonly connections: number;
  /** From now on. */
  change(faults: ProxyFaults): void;
}

/** Stands in front of a plain HTTP registry and misbehaves as it is told. */
export async function flakyProxy(targetUrl: string, first: ProxyFaults = {}): Promise<FlakyProxy> {
  const agent = new Agent({ keepAlive: true });
  const log: FlakyProxy["log"] = [];
  let connections = 0;
  let faults = first;
  let random = seededRandom(first.refuse?.seed ?? 1);

  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = { method: incoming.method ?? "GET", path: incoming.url ?? "/", headers: incoming.headers };
    const current = faults;
    const isRefused = current.refuse !== undefined && random() < current.refuse.share;
    const answer = current.answer?.(request) ?? (isRefused ? refusal(current, random()) : undefined);
    if (current.delayMs !== undefined) await delay(current.delayMs);
    if (answer === "close") {
      log.push({ ...request, status: "closed" });
      incoming.socket.destroy();
      return;
    }
    const { status, headers, body } = answer ?? (await forward(targetUrl, agent, incoming, request, current));
    log.push({ ...request, status });
    response.writeHead(status, { ...headers, ...current.headers }).end(body);
  };

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => response.writeHead(502).end(String(error)));
  });
  server.on("connection", () => {
    connections += 1;
  });
  const listening = await listen(server);
  return {
    host: listening.host,
    url: `http://${listening.host}`,
    log,
    get connections() {
      return connections;
    },
    change(next) {
      faults = next;
      random = seededRandom(next.refuse?.seed ?? 1);
    },
    async [Symbol.asyncDispose]() {
      agent.destroy();
      await listening[Symbol.asyncDispose]();
    },
  };
}

function refusal({ refuse }: ProxyFaults, random: number): ProxyAnswer {
  const statuses = refuse?.statuses ?? [503];
  const retryAfter = refuse?.retryAfter;
  return {
    status: statuses[Math.floor(random * statuses.length)] ?? 503,
    headers: retryAfter === undefined ? {} : { "retry-after": retryAfter },
    body: '{"errors":[{"code":"TOOMANYREQUESTS","message":"slow down"}]}',
  };
}

interface ForwardedAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | string;
}

async function forward(
  targetUrl: string,
  agent: Agent,
  incoming: IncomingMessage,
  request: ProxyRequest,
  faults: ProxyFaults,
): Promise<ForwardedAnswer> {
  const upstream = requestHttp(new URL(request.path, targetUrl), {
    method: request.method,
    headers: request.headers,
    agent,
  });
  incoming.pipe(upstream);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    upstream.on("response", resolve).on("error", reject);
  });
  const body = Buffer.concat(await response.toArray());
  const { "transfer-encoding": _, ...headers } = response.headers;
  if (faults.hasNoDigestHeader === true) delete headers["docker-content-digest"];
  const isTagList = response.statusCode === 200 && request.method === "GET" && /\/tags\/list(\?|$)/.test(request.path);
  const answer = { status: response.statusCode ?? 502, headers, body };
  return isTagList && faults.paging !== undefined ? page(answer, request, faults.paging) : answer;
}

function page(
  answer: ForwardedAnswer,
  { path, headers }: ProxyRequest,
  { size, link }: NonNullable<ProxyFaults["paging"]>,
): ForwardedAnswer {
  const list = JSON.parse(answer.body.toString()) as { readonly name: string; readonly tags: readonly string[] | null };
  const url = new URL(path, `http://${headers.host}`);
  const opaque = url.searchParams.get("next_page");
  const from = opaque === null ? 0 : Number(Buffer.from(opaque, "base64url").toString().slice("from=".length));
  const tags = list.tags ?? [];
  const isLast = from + size >= tags.length;
  const body = JSON.stringify({ ...list, tags: tags.slice(from, from + size) });
  const rest = { ...answer.headers, "content-length": String(Buffer.byteLength(body)) };
  if (isLast && link !== "loop") return { ...answer, headers: rest, body };
  url.searchParams.set("next_page", Buffer.from(`from=${isLast ? 0 : from + size}`).toString("base64url"));
  const next = link === "absolute" ? url.href : url.pathname + url.search;
  return { ...answer, headers: { ...rest, link: `<${next}>; rel="next"` }, body };
}

/** The same numbers in [0, 1) for the same seed. */
function seededRandom(seed: number): () => number {
  let count = 0;
  return () => {
    count += 1;
    return createHash("sha256").update(`${seed}/${count}`).digest().readUInt32BE() / 2 ** 32;
  };
}
