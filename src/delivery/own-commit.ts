import * as z from "zod/mini";
import type { Change } from "../store/store.ts";
import type { DeliveryPorts, Source } from "./delivery-ports.ts";
import type { MadeCommit } from "./push/commit-edited.ts";

/**
 * A commit that Talos has made, so that what is told of it later, by pipelines, is known to be of it. By its id; written
 * before it is pushed, since a forge may be quicker than whoever waits for the push to end.
 */
export const ownCommitSchema = z.object({
  source: z.string(),
  atMs: z.number(),
  /** Names everything that it updates. */
  message: z.string(),
  /** What tells the change again in another commit; see `CommitChange.digest`. */
  change: z.optional(z.string()),
});
export type OwnCommit = z.infer<typeof ownCommitSchema>;

export function rememberCommit(
  { id: source }: Pick<Source, "id">,
  { id, message, change }: MadeCommit,
  { memory, now }: Pick<DeliveryPorts, "memory" | "now">,
): Change {
  return memory.commits.put(id, { source, atMs: now(), message, ...(change === undefined ? {} : { change }) });
}
