import * as z from "zod/mini";
import { updateSchema } from "../update.ts";

/** A proposal that somebody is to decide about. There is at most one open for each target. */
export const questionSchema = z.object({
  update: updateSchema,
  /** Names this question and no later one about the same target: what a button or a link carries. */
  id: z.string(),
  askedMs: z.number(),
  /** `deferred`: is asked again at the next scan. */
  state: z.enum(["open", "deferred"]),
  /** The `traceparent` of the scan that asked. */
  trace: z.optional(z.string()),
});

export type Question = z.infer<typeof questionSchema>;
export const answers = ["push", "defer", "ignore"] as const;
export type Answer = (typeof answers)[number];
