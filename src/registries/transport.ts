import { inSpan } from "../telemetry/trace.ts";
import { type Connections, openConnections, type TlsSettings } from "./connections.ts";
import { createGate, type Gate } from "./gate.ts";

export interface Ask {
  readonly method: "HEAD" | "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly url: URL;
  readonly status: number;
  /** By lower-case name; several lines of one name are joined by commas. */
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
}

export type Sent =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "failed"; readonly reason: "network" | "timeout" | "too-large"; readonly cause: unknown };

type Timed = Sent & { readonly milliseconds: number };

export interface Transport {
  /** One exchange on the wire: no redirect is followed, nothing is repeated. Rejects only when the signal aborts. */
  send(ask: Ask, signal: AbortSignal): Promise<Timed>;
  /** Requests that wait for their turn at this origin. */
  countWaiting(origin: string): number;
  close(): Promise<void>;
}

export interface TransportSettings {
  readonly tls: TlsSettings;
  /** Connections to one origin, and requests at once over HTTP/1. */
  readonly connections: number;
  /** Requests at once over HTTP/2. */
  readonly streams: number;
  readonly requestTimeoutMs: number;
}

interface Line {
  readonly gate: Gate;
  readonly connections: Connections;
}

/** Keeps connections to each origin open between requests. */
export function createTransport(settings: TransportSettings): Transport {
  const lines = new Map<string, Line>();
  let isClosed = false;

  const openLine = (origin: string): Line => {
    const known = lines.get(origin);
    if (known !== undefined) return known;
    const gate = createGate(settings.connections);
    const connections = openConnections(origin, {
      maximum: settings.connections,
      tls: settings.tls,
      connectTimeoutMs: settings.requestTimeoutMs,
      onHttp2: () => gate.setMaximum(settings.streams),
    });
    const line = { gate, connections };
    lines.set(origin, line);
    return line;
  };

  return {
    send: (ask, signal) => traceExchange(ask, () => send(ask, signal)),
    countWaiting: (origin) => lines.get(origin)?.gate.waiting ?? 0,
    close: async () => {
      isClosed = true;
      for (const { connections } of lines.values()) connections.close();
    },
  };

  async function send(ask: Ask, signal: AbortSignal): Promise<Timed> {
    const line = openLine(ask.url.origin);
    const pass = await line.gate.enter(signal);
    const started = performance.now();
    let sent: Sent | undefined;
    try {
      if (isClosed) throw new Error("The registry client is closed.");
      sent = await exchange(line.connections, ask, signal, settings.requestTimeoutMs);
      return { ...sent, milliseconds: performance.now() - started };
    } finally {
      pass.leave(isRefusal(sent) ? "refused" : "answered", performance.now() - started);
    }
  }
}

/** The path is left out: storage behind a registry is asked with signatures in the address. */
function traceExchange({ method, url }: Ask, send: () => Promise<Timed>): Promise<Timed> {
  const facts = { "http.request.method": method, "server.address": url.host };
  return inSpan("registries", method, facts, async (span) => {
    const sent = await send();
    if (sent.kind === "failed") span.fail(sent.reason);
    else span.set({ "http.response.status_code": sent.answer.status });
    return sent;
  });
}

function isRefusal(sent: Sent | undefined): boolean {
  if (sent === undefined) return false;
  return sent.kind === "failed" ? sent.reason !== "too-large" : sent.answer.status === 429 || sent.answer.status >= 500;
}

async function exchange(connections: Connections, ask: Ask, signal: AbortSignal, timeoutMs: number): Promise<Sent> {
  const ending = new AbortController();
  const end = (): void => ending.abort(signal.reason);
  signal.addEventListener("abort", end, { once: true });
  let isLate = false;
  const timeout = setTimeout(() => {
    isLate = true;
    ending.abort();
  }, timeoutMs);
  try {
    const { status, header, body } = await connections.request(ask, ending.signal);
    if (body === undefined) return { kind: "failed", reason: "too-large", cause: undefined };
    return { kind: "answer", answer: { url: ask.url, status, header, body } };
  } catch (cause) {
    signal.throwIfAborted();
    return { kind: "failed", reason: isLate ? "timeout" : "network", cause };
  } finally {
    clearTimeout(timeout);
    signal.removeEventListener("abort", end);
  }
}
