import type { Config } from "../../config/schema.ts";
import { describeExportFailure } from "../../telemetry/tracing/describe-export-failure.ts";
import { type Finding, fails, passes } from "./finding.ts";

const name = "tracing";

/** Whether the collector takes traces as they are sent: it is given a batch of none. */
export async function checkTracing({
  Enabled,
  Endpoint,
  Protocol,
}: Config["TracingSettings"]): Promise<readonly Finding[]> {
  if (!Enabled || Endpoint === undefined) return [];
  const { openExporter } = await import("../../telemetry/tracing/open-exporter.ts");
  const { host } = new URL(Endpoint);
  const exporter = await openExporter(Endpoint, Protocol);
  const failure = await new Promise<string | undefined>((resolve) => {
    exporter.export([], ({ code, error }) => resolve(code === 0 ? undefined : describeExportFailure(error)));
  });
  await exporter.shutdown();
  if (failure === undefined) return [passes(name, `${host} takes traces over ${Protocol}`)];
  return [
    fails(
      name,
      `traces do not reach ${host} over ${Protocol}: ${failure}`,
      "check TracingSettings.Endpoint and Protocol, and that the collector runs",
    ),
  ];
}
