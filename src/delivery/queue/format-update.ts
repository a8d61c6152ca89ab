import { formatShortReference } from "../../images/image-reference.ts";
import type { Update } from "../update.ts";

const namedMembers = 3;

/** What an update brings, for a sentence: `redis:7.4@1a2b3c4d`; of a group the first few members. */
export function formatUpdate({ members }: Update): string {
  const named = members
    .slice(0, namedMembers)
    .map(({ path, tag, digest }) => formatShortReference({ path, tag, digest }))
    .join(", ");
  return members.length <= namedMembers ? named : `${named} and ${members.length - namedMembers} more`;
}
