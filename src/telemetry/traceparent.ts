/** Which span of which trace: W3C Trace Context, version 00. Whatever is read from it is recorded here, sampled or not. */
export interface TracePlace {
  readonly traceId: string;
  readonly spanId: string;
}

export function formatTraceparent({ traceId, spanId }: TracePlace): string {
  return `00-${traceId}-${spanId}-01`;
}

/** undefined: it is none, as what comes from outside may be. Later versions may have more at the end. */
export function parseTraceparent(text: string): TracePlace | undefined {
  const [, version, traceId = "", spanId = "", more] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/.exec(text.trim()) ?? [];
  if (version === undefined || version === "ff" || (version === "00" && more !== undefined)) return undefined;
  return /[1-9a-f]/.test(traceId) && /[1-9a-f]/.test(spanId) ? { traceId, spanId } : undefined;
}
