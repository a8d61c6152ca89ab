import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { gunzipSync } from "node:zlib";
import { Server, ServerCredentials, type sendUnaryData, status } from "@grpc/grpc-js";
import generated from "otlp-transformer-judge/build/src/generated/root.js";
import { listen } from "./listen.ts";

/** A span as it arrived. */
export interface ReceivedSpan {
  readonly name: string;
  /** `talos.git` */
  readonly scope: string;
  readonly traceId: string;
  readonly spanId: string;
  /** undefined: it begins the trace. */
  readonly parentId: string | undefined;
  readonly kind: number;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Why it failed; undefined: it did not. */
  readonly failure: string | undefined;
  /** The ids of the traces it links to. */
  readonly links: readonly string[];
  readonly durationMs: number;
}

export interface OtlpReceiver extends AsyncDisposable {
  /** What TracingSettings.Endpoint names. */
  readonly endpoint: string;
  readonly spans: readonly ReceivedSpan[];
  /** Of the latest batch: `service.name` and what else describes who sent it. */
  readonly resource: () => Readonly<Record<string, unknown>>;
  /** Everything that arrived, as it was sent. */
  readonly raw: () => Buffer;
  /** What arrived: over HTTP path, type, encoding and authorization of each. */
  readonly requests: readonly string[];
  /** From now on: take, refuse, or never answer. */
  behave(as: "take" | "refuse" | "hang"): void;
  /** Waits for a span that is there or to come. */
  waitFor(what: string, matches: (span: ReceivedSpan) => boolean, patienceMs?: number): Promise<ReceivedSpan>;
}

/** As far as it is looked at here; its own types say nothing. */
interface DecodedSpan {
  readonly name: string;
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly parentSpanId: Uint8Array | null;
  readonly kind: number;
  readonly attributes: readonly DecodedAttribute[];
  readonly status: { readonly code: number; readonly message: string } | null;
  readonly links: readonly { readonly traceId: Uint8Array }[];
  readonly startTimeUnixNano: unknown;
  readonly endTimeUnixNano: unknown;
}
interface DecodedAttribute {
  readonly key: string;
  readonly value: Readonly<Record<"stringValue" | "intValue" | "doubleValue" | "boolValue", unknown>>;
}
interface Decoded {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly DecodedAttribute[] };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string };
      readonly spans: readonly DecodedSpan[];
    }[];
  }[];
}
interface Messages {
  readonly ExportTraceServiceRequest: { decode(body: Buffer): Decoded };
  readonly ExportTraceServiceResponse: { encode(message: object): { finish(): Uint8Array } };
}

const { ExportTraceServiceRequest, ExportTraceServiceResponse } = (
  generated as unknown as { opentelemetry: { proto: { collector: { trace: { v1: Messages } } } } }
).opentelemetry.proto.collector.trace.v1;

/** A collector that keeps what it gets, decoded by classes that another release made from the protocol's own description. */
export async function otlpReceiver(
  protocol: "Grpc" | "HttpProtobuf",
  certificate?: ServerCertificate,
): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const raw: Buffer[] = [];
  const requests: string[] = [];
  const listeners = new Set<() => void>();
  let resource: Readonly<Record<string, unknown>> = {};
  let behaviour: "take" | "refuse" | "hang" = "take";
  const take = (body: Buffer): void => {
    raw.push(body);
    for (const { resource: by, scopeSpans } of ExportTraceServiceRequest.decode(body).resourceSpans) {
      resource = readAttributes(by.attributes);
      for (const { scope, spans: some } of scopeSpans) spans.push(...some.map((span) => readSpan(span, scope.name)));
    }
    for (const tell of listeners) tell();
  };
  const answer = Buffer.from(ExportTraceServiceResponse.encode({}).finish());
  const opened =
    protocol === "Grpc"
      ? await listenGrpc((body, done) => {
          requests.push("Export");
          if (behaviour === "refuse") done({ code: status.UNAVAILABLE, details: "no room" });
          if (behaviour !== "take") return;
          take(body);
          done(null, answer);
        }, certificate)
      : await listenHttp(async (request, response) => {
          const { authorization, "content-type": type, "content-encoding": encoding } = request.headers;
          requests.push([request.url, type, encoding, authorization].join(" "));
          const body = await readBody(request);
          if (behaviour === "refuse") response.writeHead(503).end();
          if (behaviour !== "take") return;
          take(body);
          response.writeHead(200, { "content-type": "application/x-protobuf" }).end(answer);
        }, certificate);
  return {
    endpoint: opened.endpoint,
    spans,
    resource: () => resource,
    raw: () => Buffer.concat(raw),
    requests,
    behave: (as) => {
      behaviour = as;
    },
    waitFor: (what, matches, patienceMs = 40_000) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = spans.find(matches);
          if (found === undefined) return;
          settle();
          resolve(found);
        };
        const timer = setTimeout(() => {
          settle();
          reject(new Error(`no span came: ${what}; there are ${spans.map(({ name }) => name).join(", ")}`));
        }, patienceMs);
        const settle = () => {
          clearTimeout(timer);
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
    [Symbol.asyncDispose]: () => opened.close(),
  };
}

/** For `localhost`, in PEM. */
interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

interface Opened {
  readonly endpoint: string;
  close(): Promise<void>;
}

async function listenGrpc(
  take: (body: Buffer, done: sendUnaryData<Buffer>) => void,
  certificate: ServerCertificate | undefined,
): Promise<Opened> {
  const server = new Server();
  const same = (bytes: Buffer) => bytes;
  const method = {
    path: "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  } as const;
  server.addService(
    { Export: method },
    { Export: (call: { readonly request: Buffer }, done: sendUnaryData<Buffer>) => take(call.request, done) },
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpcCredentials(certificate), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  return { endpoint: addressOf(port, certificate), close: async () => server.forceShutdown() };
}

function grpcCredentials(certificate: ServerCertificate | undefined): ServerCredentials {
  if (certificate === undefined) return ServerCredentials.createInsecure();
  const { cert, key } = certificate;
  return ServerCredentials.createSsl(null, [{ cert_chain: Buffer.from(cert), private_key: Buffer.from(key) }]);
}

/** Certificates are for names. */
function addressOf(port: number, certificate: ServerCertificate | undefined): string {
  return certificate === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;
}

async function listenHttp(
  take: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  certificate: ServerCertificate | undefined,
): Promise<Opened> {
  const answer = (request: IncomingMessage, response: ServerResponse) => void take(request, response);
  const server = await listen(
    certificate === undefined ? createServer(answer) : createSecureServer({ ...certificate }, answer),
  );
  const port = Number(server.host.split(":").at(-1));
  return { endpoint: addressOf(port, certificate), close: async () => server[Symbol.asyncDispose]() };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  return request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
}

function readSpan(span: DecodedSpan, scope: string): ReceivedSpan {
  const parent = toHex(span.parentSpanId);
  return {
    name: span.name,
    scope,
    traceId: toHex(span.traceId),
    spanId: toHex(span.spanId),
    parentId: parent === "" ? undefined : parent,
    kind: Number(span.kind),
    facts: readAttributes(span.attributes),
    failure: Number(span.status?.code ?? 0) === 2 ? (span.status?.message ?? "") : undefined,
    links: span.links.map(({ traceId }) => toHex(traceId)),
    durationMs: (Number(span.endTimeUnixNano) - Number(span.startTimeUnixNano)) / 1e6,
  };
}

function toHex(bytes: Uint8Array | null): string {
  return Buffer.from(bytes ?? []).toString("hex");
}

function readAttributes(attributes: readonly DecodedAttribute[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue, doubleValue, boolValue } }) => {
      const number = intValue ?? doubleValue;
      return [key, number === undefined || number === null ? stringValue || boolValue : Number(number)];
    }),
  );
}
