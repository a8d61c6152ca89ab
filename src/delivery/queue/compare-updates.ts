import { compareTags } from "../../images/compare-tags.ts";
import type { Update, UpdateMember } from "../update.ts";

/**
 * What an update is to another one of the same target. `same`: nothing to tell them apart. `refreshed`: the same version,
 * but another text, size, name or delivery window. `unrelated`: neither is newer, or there is no telling.
 */
export type UpdateRelation = "newer" | "same" | "refreshed" | "older" | "unrelated";

/**
 * What `b` is to `a`: `newer` when `b` has the newer version. Of a group every member counts: one newer and none older
 * makes a newer one. Only the members in both are compared, and a group that gained or lost one is never `same`.
 */
export function compareUpdates(a: Update, b: Update): UpdateRelation {
  const former = new Map(a.members.map((member) => [member.id, member]));
  const orders = new Set<MemberOrder>();
  let inCommon = 0;
  let isSameText = a.size === b.size && a.window.join("\n") === b.window.join("\n");
  for (const member of b.members) {
    const before = former.get(member.id);
    if (before === undefined) continue;
    inCommon++;
    orders.add(orderMembers(before, member));
    isSameText &&= before.from === member.from && before.to === member.to && before.name === member.name;
  }
  if (orders.has("unrelated") || (orders.has("newer") && orders.has("older"))) return "unrelated";
  if (orders.has("newer")) return "newer";
  if (orders.has("older")) return "older";
  if (inCommon < a.members.length || inCommon < b.members.length) return "unrelated";
  return isSameText ? "same" : "refreshed";
}

/** Whatever else is different about them. */
export function isSameVersion(a: Update, b: Update): boolean {
  const relation = compareUpdates(a, b);
  return relation === "same" || relation === "refreshed";
}

type MemberOrder = "newer" | "same" | "older" | "unrelated";

function orderMembers(a: UpdateMember, b: UpdateMember): MemberOrder {
  if (a.domain !== b.domain || a.path !== b.path) return "unrelated";
  const order = compareTags(a.tag, b.tag);
  if (order === undefined) return "unrelated";
  if (order !== 0) return order < 0 ? "newer" : "older";
  return orderDigests(a, b);
}

/** A text without digest follows its tag, and is no other version than one with it. */
function orderDigests(a: UpdateMember, b: UpdateMember): MemberOrder {
  if (a.digest === b.digest || (a.tag === b.tag && (a.digest === undefined || b.digest === undefined))) return "same";
  if (a.firstSeenMs === b.firstSeenMs) return "unrelated";
  if (a.firstSeenMs === undefined) return "newer";
  if (b.firstSeenMs === undefined) return "older";
  return a.firstSeenMs < b.firstSeenMs ? "newer" : "older";
}
