import * as z from "zod/mini";
import type { ScanRecord } from "./scan-record.ts";

/** Of the record of a scan that has ended: what is asked for often, while the record may hold thousands of references. */
export const scanSummarySchema = z.object({
  endedMs: z.number(),
  isFailed: z.boolean(),
  /** How many references have which verdict; undefined: no scan has come to its end yet. */
  verdicts: z.optional(
    z.object({
      current: z.number(),
      update: z.number(),
      held: z.number(),
      skipped: z.number(),
      unknown: z.number(),
    }),
  ),
});
export type ScanSummary = z.infer<typeof scanSummarySchema>;

export function summariseScan({ plan, endedMs = 0, error }: ScanRecord): ScanSummary {
  const summary = { endedMs, isFailed: error !== undefined };
  if (plan === undefined) return summary;
  const verdicts = { current: 0, update: 0, held: 0, skipped: 0, unknown: 0 };
  for (const { verdict } of plan.references) verdicts[verdict] += 1;
  return { ...summary, verdicts };
}
