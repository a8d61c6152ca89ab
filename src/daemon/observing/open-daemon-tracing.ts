import type { Config } from "../../config/schema.ts";
import { resumeTrace } from "../../telemetry/trace.ts";
import { silencedLibraries } from "../../telemetry/trace-libraries.ts";
import type { DaemonLog } from "../daemon-log.ts";

/** Who does not trace does not load what it needs. */
export async function openDaemonTracing(
  { TracingSettings: { Enabled, Endpoint, Protocol, IncludeTraceLibraries } }: Config,
  { version, instance, log }: { readonly version: string; readonly instance: string; readonly log: DaemonLog },
): Promise<AsyncDisposable | undefined> {
  if (!Enabled || Endpoint === undefined) return undefined;
  const [{ openTracing }, { openExporter }, { tellFailures }] = await Promise.all([
    import("../../telemetry/tracing/open-tracing.ts"),
    import("../../telemetry/tracing/open-exporter.ts"),
    import("../../telemetry/tracing/tell-failures.ts"),
  ]);
  const where = new URL(Endpoint).host;
  // A batch is sent from wherever the last of its spans has ended.
  const outside = (tell: () => void) => resumeTrace(undefined, tell);
  const exporter = tellFailures(await openExporter(Endpoint, Protocol), {
    onGone: (reason) => outside(() => log.warn(`traces do not reach ${where}: ${reason}; until they do they are lost`)),
    onBack: () => outside(() => log.info(`traces reach ${where} again`)),
    now: () => performance.now(),
  });
  return openTracing({ exporter, silenced: silencedLibraries(IncludeTraceLibraries), version, instance });
}
