import * as z from "zod/mini";
import { planDocumentSchema } from "../../updates/plan-document.ts";

/** What is remembered of the latest scan of a source, for every surface. */
export const scanRecordSchema = z.object({
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
  plan: z.optional(planDocumentSchema),
});

export type ScanRecord = z.infer<typeof scanRecordSchema>;
