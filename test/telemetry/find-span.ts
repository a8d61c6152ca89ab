import type { OtlpReceiver, ReceivedSpan } from "../parties/otlp-receiver.ts";

type Received = Pick<OtlpReceiver, "spans">;

/** From the span that begins the trace down to this one: `scan > look up tags > GET`. A parent that did not come is `?`. */
function pathOf(span: ReceivedSpan, { spans }: Received): string {
  if (span.parentId === undefined) return span.name;
  const parent = spans.find(({ spanId }) => spanId === span.parentId);
  return `${parent === undefined ? "?" : pathOf(parent, { spans })} > ${span.name}`;
}

/** All of a trace, each path once. */
export function traceOf(traceId: string, { spans: all }: Received) {
  const spans = all.filter((span) => span.traceId === traceId);
  return { spans, paths: [...new Set(spans.map((span) => pathOf(span, { spans: all })))] };
}
