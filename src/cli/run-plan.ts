import { writePlanDocument } from "../updates/write-plan-document.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { renderPlan } from "./render-plan.ts";
import type { ScanOptionValues } from "./scan-options.ts";
import { scanTargets } from "./scan-targets.ts";
import type { Terminal } from "./terminal.ts";

interface PlanOptionValues extends ScanOptionValues {
  readonly json?: boolean | undefined;
  readonly "exit-code"?: boolean | undefined;
}

export async function runPlan(
  values: PlanOptionValues,
  targets: readonly string[],
  terminal: Terminal,
): Promise<ExitStatus> {
  await using session = await scanTargets(targets, { values, unannotated: "notify", terminal });
  const plan = writePlanDocument(session.scans, session.cost());
  if (values.json === true) terminal.out(JSON.stringify(plan, null, 2));
  else for (const line of renderPlan(plan, terminal)) terminal.out(line);
  if (plan.summary.unknown > 0) return exitStatus.unknown;
  return values["exit-code"] === true && plan.summary.update > 0 ? exitStatus.updates : exitStatus.done;
}
