import { resolve } from "node:path";
import { TalosError } from "../talos-error.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { askHealth, type Health } from "./health/ask-health.ts";
import { isListening } from "./health/is-listening.ts";
import { printable } from "./printable.ts";
import { readCommandConfig } from "./read-command-config.ts";
import type { Terminal } from "./terminal.ts";

interface HealthOptionValues {
  readonly ready?: boolean | undefined;
  readonly config?: string | undefined;
}

/** Docker gives a health check 30 seconds unless told otherwise. */
const deadlineMs = 5000;

export async function runHealth(
  { ready = false, config: file }: HealthOptionValues,
  others: readonly string[],
  terminal: Terminal,
): Promise<ExitStatus> {
  if (others.length > 0)
    throw new TalosError("usage", `health takes no ${printable(others.join(" "))}`, { hint: "usage: talos health" });
  const { ApiSettings, DataDirectory } = readCommandConfig(file, () => undefined);
  const health: Health = ApiSettings.Enabled
    ? await askHealth(ApiSettings, ready ? "/readyz" : "/healthz", deadlineMs)
    : await askSocket(resolve(DataDirectory), ready);
  terminal.out(printable(health.text));
  return health.isWell ? exitStatus.done : exitStatus.failed;
}

async function askSocket(dataDirectory: string, isReadyWanted: boolean): Promise<Health> {
  if (isReadyWanted)
    throw new TalosError("usage", "without HTTP Talos does not say whether it is ready", {
      hint: "ApiSettings.Enabled: true serves it",
    });
  const isAlive = await isListening(dataDirectory);
  return isAlive
    ? { isWell: true, text: "alive" }
    : { isWell: false, text: `no Talos runs with the data directory ${dataDirectory}` };
}
