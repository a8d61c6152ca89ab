import { createHash } from "node:crypto";
import * as z from "zod/mini";
import type { Change } from "../../store/store.ts";
import type { PlanDocument } from "../../updates/plan-document.ts";
import type { DeliveryMemory } from "../delivery-memory.ts";

/** What is remembered of the latest scan of a source, but its plan: that is large, and seldom another. */
export const scanFactsSchema = z.object({
  source: z.string(),
  startedMs: z.number(),
  /** undefined: it is under way; what follows is of the scan before. */
  endedMs: z.optional(z.number()),
  progress: z.optional(z.object({ files: z.number(), references: z.number(), decided: z.number() })),
  branch: z.optional(z.string()),
  commit: z.optional(z.string()),
  /** Stands for the configuration it was made under. */
  settings: z.optional(z.string()),
  /** Why the latest scan failed as a whole; undefined: it did not. */
  error: z.optional(z.string()),
  hint: z.optional(z.string()),
  /** What went wrong beside the scan itself. */
  trouble: z.optional(z.string()),
  /** Of the plan that was written last. */
  planDigest: z.optional(z.string()),
});
export type ScanFacts = z.infer<typeof scanFactsSchema>;

/** The whole of it, for every surface. Its plan says nothing about what it cost. */
export interface ScanRecord extends ScanFacts {
  readonly plan?: PlanDocument | undefined;
}

type Memory = Pick<DeliveryMemory, "scans" | "plans">;

export async function readScanRecord(source: string, { scans, plans }: Memory): Promise<ScanRecord | undefined> {
  const facts = (await scans.getShared(source))?.value;
  if (facts === undefined) return undefined;
  const plan = (await plans.getShared(source))?.value;
  return plan === undefined ? facts : { ...facts, plan };
}

/** `before`: as it was read; its plan is not written again when it is the same. */
export function keepScanRecord(
  { plan, ...facts }: ScanRecord,
  before: ScanRecord | undefined,
  { scans, plans }: Memory,
): readonly Change[] {
  if (plan === undefined || plan === before?.plan) return [scans.put(facts.source, facts)];
  const planDigest = createHash("sha256").update(JSON.stringify(plan)).digest("base64");
  const isKept = before?.plan !== undefined && before.planDigest === planDigest;
  return [scans.put(facts.source, { ...facts, planDigest }), ...(isKept ? [] : [plans.put(facts.source, plan)])];
}
