import type { WaitingEntry } from "../../../delivery/delivery.ts";
import { describeCause } from "../../../delivery/push/describe-cause.ts";
import { targetName } from "../../../operations/updates/describe-update.ts";
import { type QueueEntry, queueSchema } from "../api-schemas.ts";
import { defineResource, noQuery } from "./define-resource.ts";
import { describeMembers } from "./describe-members.ts";

export const queue = defineResource({
  path: "/queue",
  summary: "list what waits to be delivered, for what, and until when",
  access: "read",
  query: noQuery,
  answer: queueSchema,
  read: async ({ talos }) => ({ entries: (await talos.delivery.queue()).map(describeEntry) }),
});

function describeEntry({ key, entry, wait }: WaitingEntry): QueueEntry {
  const { update, queuedMs, cause, attempts, lastError } = entry;
  return {
    key,
    source: update.source,
    name: targetName(update),
    size: update.size,
    members: describeMembers(update),
    queuedMs,
    cause: describeCause(cause),
    attempts,
    lastError,
    wait: { ...wait },
  };
}
