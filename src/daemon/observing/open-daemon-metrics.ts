import type { Config } from "../../config/schema.ts";
import type { Metrics } from "../../telemetry/metrics/open-metrics.ts";
import { readMetricState } from "./read-metric-state.ts";

/** undefined: nobody can ask for them. */
export async function openDaemonMetrics({ ApiSettings }: Config, version: string): Promise<Metrics | undefined> {
  if (!ApiSettings.Enabled) return undefined;
  const { openMetrics } = await import("../../telemetry/metrics/open-metrics.ts");
  return openMetrics(version);
}

type Rendered = Awaited<ReturnType<Metrics["render"]>>;

/** What /metrics answers. Those who ask while it is being read get the same. */
export function answerMetrics(
  metrics: Metrics | undefined,
  ports: Parameters<typeof readMetricState>[0],
): () => Promise<Rendered> {
  const read = async (): Promise<Rendered> => {
    if (metrics === undefined) return { contentType: "text/plain", text: "" };
    return metrics.render(await readMetricState(ports));
  };
  let reading: Promise<Rendered> | undefined;
  return () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
}
