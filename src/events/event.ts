/**
 * One thing that happened. Events are appended, never changed, and kept 90 days by default. Everything that a person may
 * want to know later, and every surface shows, is one: notices, the page and the metrics only read events.
 */
import * as z from "zod/mini";

export const eventKinds = [
  "store-gone",
  "store-back",
  "scan-finished",
  "scan-failed",
  "scan-recovered",
  "group-incomplete",
  "announced",
  "question-opened",
  "question-answered",
  "question-superseded",
  "question-closed",
  "queued",
  "superseded",
  "dropped",
  "waiting",
  "retrying",
  "delivered",
  "verified",
  "dead-lettered",
  "replayed",
  "cleared",
  "reverted",
  "held",
  "lifted",
  "merge-request-opened",
  "merge-request-updated",
  "merge-request-closed",
  "pipeline",
  "operation",
] as const;

/** One reference that changes. `from` and `to` are whole image texts. */
export const memberSchema = z.object({
  file: z.string(),
  pointer: z.string(),
  name: z.string(),
  from: z.string(),
  to: z.string(),
});

export const eventSchema = z.object({
  kind: z.enum(eventKinds),
  atMs: z.number(),
  /** `talos`, or who: `ada (terminal)`. */
  actor: z.string(),
  /** Why it happened: `policy`, `ada (discord)`, `replay by ada (terminal)`, `schedule`, `request`. */
  cause: z.string(),
  /** The source's id; undefined: it concerns no single one. */
  source: z.optional(z.string()),
  /** What of the source: the id of a target, `compose:web/compose.yml#/services/web` or `group:immich`. */
  subject: z.optional(z.string()),
  /** One sentence for a person. */
  text: z.string(),
  /** What changed, from what to what. */
  members: z.optional(z.array(memberSchema)),
  /** `patch`, `digest`, … */
  size: z.optional(z.string()),
  /** The commit, in full, and where it can be looked at. */
  commit: z.optional(z.string()),
  link: z.optional(z.string()),
  /** Figures and further words, by name. `reason`: why, of the text, without what it is about. */
  facts: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  /** The W3C `traceparent` of what it happened in, where traces are made. */
  trace: z.optional(z.string()),
});

export type TalosEvent = z.infer<typeof eventSchema>;
export type EventKind = TalosEvent["kind"];
