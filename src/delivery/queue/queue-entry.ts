import * as z from "zod/mini";
import { updateSchema } from "../update.ts";

/** Who wanted it. */
const causeSchema = z.object({
  kind: z.enum(["policy", "person", "replay"]),
  /** `ada (discord)`; of a person and of a replay. */
  actor: z.optional(z.string()),
  atMs: z.number(),
});

/** One update that waits to be delivered; there is at most one for each target. */
export const queueEntrySchema = z.object({
  update: updateSchema,
  cause: causeSchema,
  /** When this target came into the queue; a newer version keeps the place. */
  queuedMs: z.number(),
  /** Failed tries so far. */
  attempts: z.number(),
  /** After a failure that may pass: not before then. */
  notBeforeMs: z.optional(z.number()),
  lastError: z.optional(z.string()),
  /** That nothing but other settings will let it go was told; so that it is told once. */
  isStuckTold: z.optional(z.boolean()),
  /** Its merge request is open and was counted: it takes no room, and waits for no cooldown, to be made anew. */
  isRebuild: z.optional(z.boolean()),
  /** The `traceparent` of what queued it: its delivery goes on with that. */
  trace: z.optional(z.string()),
});

export type QueueEntry = z.infer<typeof queueEntrySchema>;
export type Cause = z.infer<typeof causeSchema>;

/** An update that failed for good, until it is replayed, cleared, or succeeds by another path. */
export const deadLetterSchema = z.object({
  update: updateSchema,
  cause: causeSchema,
  /** In words a person can act on. */
  reason: z.string(),
  error: z.optional(z.string()),
  attempts: z.number(),
  atMs: z.number(),
});

export type DeadLetter = z.infer<typeof deadLetterSchema>;
