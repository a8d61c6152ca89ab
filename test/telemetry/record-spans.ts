import type { TraceLibrary } from "../../src/telemetry/trace-libraries.ts";
import { openTracing } from "../../src/telemetry/tracing/open-tracing.ts";

type Exporter = Parameters<typeof openTracing>[0]["exporter"];
type Span = Parameters<Exporter["export"]>[0][number];

export interface RecordedSpan {
  readonly path: string;
  readonly traceId: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly failure: string | undefined;
  /** `traceparent`s without their ends. */
  readonly links: readonly string[];
}

/** What is traced in this process while `run` runs, in the order in which it ended. */
export async function recordSpans(
  run: () => Promise<void>,
  silenced: readonly TraceLibrary[] = [],
): Promise<readonly RecordedSpan[]> {
  const spans: Span[] = [];
  const exporter: Exporter = {
    export(some, done) {
      spans.push(...some);
      done({ code: 0 });
    },
    shutdown: async () => undefined,
  };
  {
    await using _tracing = openTracing({ exporter, silenced: new Set(silenced), version: "1", instance: "test" });
    await run();
  }
  const pathOf = ({ name, parentSpanContext }: Span): string => {
    if (parentSpanContext === undefined) return name;
    const parent = spans.find((one) => one.spanContext().spanId === parentSpanContext.spanId);
    return `${parent === undefined ? "?" : pathOf(parent)} > ${name}`;
  };
  return spans.map((span) => ({
    path: pathOf(span),
    traceId: span.spanContext().traceId,
    facts: span.attributes,
    failure: span.status.code === 2 ? span.status.message : undefined,
    links: span.links.map(({ context }) => `00-${context.traceId}-${context.spanId}`),
  }));
}
