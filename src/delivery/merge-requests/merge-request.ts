/**
 * What is remembered of the merge request (pull request) of one target. It is written down before a branch is put or a
 * request is opened, so that whatever a crash leaves behind is known for Talos's own. What a newcomer would get wrong:
 *
 * - A branch is Talos's own only while it is at a commit of `made`. Anything else is somebody's work and is left alone.
 * - `shown` is what the request says; `latest` is what the branch was last meant to say. They differ while at work.
 */
import * as z from "zod/mini";
import { queueEntrySchema } from "../queue/queue-entry.ts";

/** Which texts a commit was made from: the files that it changes, and a digest of them as they were. */
const basisSchema = z.object({ files: z.array(z.string()), digest: z.string() });

/** A commit, and the update that it holds. */
const shownSchema = z.object({ commit: z.string(), entry: queueEntrySchema, basis: basisSchema });

export const keptRequestSchema = z.object({
  /** `talos/…` */
  branch: z.string(),
  /** The branch that it is to be merged into. */
  base: z.string(),
  /** The commits that were made for the branch, the latest last. */
  made: z.array(z.string()),
  latest: shownSchema,
  number: z.optional(z.number()),
  url: z.optional(z.string()),
  /** undefined: no request has been opened yet. */
  shown: z.optional(shownSchema),
  atMs: z.number(),
  /** That somebody pushed to the branch was told; until it is Talos's own again, nothing of this target is queued. */
  isForeign: z.optional(z.boolean()),
  /** It is over, but for its branch and, where there is a `comment`, the request, which is closed with these words. */
  ending: z.optional(z.object({ comment: z.optional(z.string()), failure: z.optional(z.string()) })),
});

export type KeptRequest = z.infer<typeof keptRequestSchema>;
export type Basis = z.infer<typeof basisSchema>;

/** What an open request shows; undefined: there is none, or not for long any more. */
export function openlyShown(request: KeptRequest | undefined): KeptRequest["shown"] {
  return request?.ending === undefined ? request?.shown : undefined;
}

/** As people name it: `merge request !12`. */
export function nameRequest({ number }: Pick<KeptRequest, "number">): string {
  return `merge request !${number ?? "?"}`;
}

const mostMade = 20;

export function addMade(made: readonly string[], commit: string): string[] {
  return [...made, commit].slice(-mostMade);
}
