/**
 * OpenTelemetry, loaded only when TracingSettings.Enabled. Nothing is registered globally and no library is instrumented:
 * spans are those that the program itself begins (`trace.ts`), so that sending them makes none. They are sent in batches;
 * of a collector that is away a line in the log tells now and then, and what it did not take is lost.
 */
import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources";
import { AlwaysOnSampler, BatchSpanProcessor, type SpanExporter, TracerProvider } from "@opentelemetry/sdk-trace";
import { installTracer, type OpenSpan, type SpanFacts } from "../trace.ts";
import type { TraceLibrary } from "../trace-libraries.ts";
import { formatTraceparent, parseTraceparent } from "../traceparent.ts";

export interface TracingOptions {
  readonly exporter: SpanExporter;
  readonly silenced: ReadonlySet<TraceLibrary>;
  readonly version: string;
  /** Tells this process from others of the same service. */
  readonly instance: string;
}

/** Waits for the next batch, in a long scan with many look-ups. */
const mostWaiting = 8192;
const batchMs = 2000;
const exportTimeoutMs = 10_000;
/** What is still to be sent at the end has so long. */
const lastWordsMs = 2000;

/** Installs the tracer; disposing of it sends what is left, for a moment, and takes the tracer away. */
export function openTracing({ exporter, silenced, version, instance }: TracingOptions): AsyncDisposable {
  const processor = new BatchSpanProcessor({
    exporter,
    maxQueueSize: mostWaiting,
    scheduledDelayMillis: batchMs,
    exportTimeoutMillis: exportTimeoutMs,
  });
  const provider = new TracerProvider({
    // Whoever sends a request to us does not decide what is recorded here.
    sampler: new AlwaysOnSampler(),
    resource: defaultResource().merge(
      resourceFromAttributes({
        "service.name": "Talos",
        "service.version": version,
        "service.instance.id": instance,
      }),
    ),
    spanProcessors: [processor],
    spanLimits: { attributeValueLengthLimit: 1024 },
  });
  const contexts = new AsyncLocalStorageContextManager().enable();
  installTracer({
    begin: (library, name, facts) =>
      silenced.has(library) ? undefined : beginSpan(provider, contexts, library, name, facts),
    current() {
      const open = trace.getSpanContext(contexts.active());
      return open === undefined ? undefined : formatTraceparent(open);
    },
    link(traceparent) {
      const place = parseTraceparent(traceparent);
      if (place !== undefined)
        trace.getSpan(contexts.active())?.addLink({ context: { ...place, traceFlags: TraceFlags.SAMPLED } });
    },
    resume: (traceparent, run) => contexts.with(contextOf(traceparent), run),
  });
  return {
    async [Symbol.asyncDispose]() {
      installTracer(undefined);
      await within(lastWordsMs, provider.shutdown());
      contexts.disable();
    },
  };
}

/** Others are `INTERNAL`. */
const kinds: Partial<Record<TraceLibrary, SpanKind>> = {
  http: SpanKind.SERVER,
  redis: SpanKind.CLIENT,
  registries: SpanKind.CLIENT,
  forges: SpanKind.CLIENT,
  discord: SpanKind.CLIENT,
};

function beginSpan(
  provider: TracerProvider,
  contexts: AsyncLocalStorageContextManager,
  library: TraceLibrary,
  name: string,
  facts: SpanFacts,
): OpenSpan {
  const parent = contexts.active();
  const options = { kind: kinds[library] ?? SpanKind.INTERNAL, attributes: { ...facts } };
  const span = provider.getTracer(`talos.${library}`).startSpan(name, options, parent);
  const inside = trace.setSpan(parent, span);
  return {
    set: (more) => void span.setAttributes({ ...more }),
    rename: (other) => void span.updateName(other),
    fail: (text) => void span.setStatus({ code: SpanStatusCode.ERROR, message: text.slice(0, 1024) }),
    within: (run) => contexts.with(inside, run),
    end: () => span.end(),
  };
}

function contextOf(traceparent: string | undefined): Context {
  const place = traceparent === undefined ? undefined : parseTraceparent(traceparent);
  if (place === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { ...place, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}

async function within(milliseconds: number, sending: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, milliseconds);
  // What cannot be sent has been told by then.
  await Promise.race([sending.catch(() => undefined), late.promise]);
  clearTimeout(timer);
}
