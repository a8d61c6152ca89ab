import type { DeadLetter, LoggedEvent, QueueEntry, Update } from "../../../http/api/api-schemas.ts";
import { createResource } from "../api/resource.ts";

/** What is asked, queued, failed or held. */
export const updates = createResource<{ readonly updates: readonly Update[] }>("updates", changesUpdates);
export const queue = createResource<{ readonly entries: readonly QueueEntry[] }>("queue", changesUpdates);
export const deadLetters = createResource<{ readonly deadLetters: readonly DeadLetter[] }>(
  "dead-letters",
  changesUpdates,
);

/** All but what people asked and what scans of sources say of themselves. */
export function changesUpdates({ kind }: LoggedEvent): boolean {
  return kind !== "operation" && !kind.startsWith("merge-request-") && !kind.startsWith("store-");
}
