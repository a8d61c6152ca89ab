import type { Update } from "../../delivery/update.ts";
import { shortImage, shortVersion, withoutDigest } from "../../images/short-image.ts";

type Change = Pick<Update["members"][number], "from" | "to">;

/** What is updated, for a table: `web`, `group:immich`. */
export function targetName({ target, members }: Pick<Update, "target" | "members">): string {
  return target.startsWith("group:") ? target : (members[0]?.name ?? target);
}

/** `redis:7.2.1 -> 7.2.2`, of the first member, and how many others there are. */
export function describeChange({ members }: { readonly members: readonly Change[] }): string {
  return describeFirst(members, shortImage);
}

/** `7.2.1 -> 7.2.2`, where it stands beside the name. */
export function describeVersions({ members }: { readonly members: readonly Change[] }): string {
  return describeFirst(members, shortVersion);
}

/** Digests tell nothing to a person, but where nothing else differs. */
function describeFirst([first, ...others]: readonly Change[], shorten: (image: string) => string): string {
  if (first === undefined) return "";
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  const { from, to } = first;
  const isSameTag = withoutDigest(from) === withoutDigest(to);
  const [before, after] = isSameTag ? [from, to] : [withoutDigest(from), withoutDigest(to)];
  return `${shorten(before)} -> ${shortVersion(after)}${more}`;
}
