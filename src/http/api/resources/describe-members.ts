import type { Update } from "../../../delivery/update.ts";
import type { QueueEntry } from "../api-schemas.ts";

export function describeMembers({ members }: Pick<Update, "members">): QueueEntry["members"] {
  return members.map(({ file, pointer, name, from, to }) => ({ file, pointer, name, from, to }));
}
