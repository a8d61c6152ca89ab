import type { PlanDocument } from "../../updates/plan-document.ts";
import { plural } from "../plural.ts";

/** `3 updates (2 push, 1 prompt), 8 current, 1 unknown` */
export function summarisePlan({ references, summary }: Pick<PlanDocument, "references" | "summary">): string {
  if (references.length === 0) return "no images found in compose files, Dockerfiles or other files that are looked at";
  const strategies = references.flatMap(({ proposals }) => proposals.map(({ strategy }) => strategy));
  const byStrategy = (["push", "prompt", "notify"] as const)
    .map((strategy) => [strategy, strategies.filter((one) => one === strategy).length] as const)
    .filter(([, count]) => count > 0)
    .map(([strategy, count]) => `${count} ${strategy}`);
  return [
    summary.update === 0 ? "nothing to update" : `${plural(summary.update, "update")} (${byStrategy.join(", ")})`,
    ...(["current", "held", "skipped", "unknown"] as const)
      .filter((kind) => summary[kind] > 0)
      .map((kind) => `${summary[kind]} ${kind}`),
  ].join(", ");
}
