import type { SpanExporter } from "@opentelemetry/sdk-trace";
import { describeExportFailure } from "./describe-export-failure.ts";

export interface ExportListener {
  /** What stands in the way; told once, and then now and then as long as it does. */
  readonly onGone: (reason: string) => void;
  readonly onBack: () => void;
  /** In milliseconds, counting up. */
  readonly now: () => number;
}

const againMs = 600_000;

/** The same exporter, whose failures are told. */
export function tellFailures(exporter: SpanExporter, { onGone, onBack, now }: ExportListener): SpanExporter {
  let toldMs: number | undefined;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.code === 0) {
          if (toldMs !== undefined) onBack();
          toldMs = undefined;
        } else if (toldMs === undefined || now() - toldMs >= againMs) {
          toldMs = now();
          onGone(describeExportFailure(result.error));
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    ...(exporter.forceFlush === undefined ? {} : { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() }),
  };
}
