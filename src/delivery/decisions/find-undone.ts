import { compareTags } from "../../images/compare-tags.ts";
import { parseImageReference } from "../../images/parse-image-reference.ts";
import type { Delivered } from "../delivery-memory.ts";
import type { UpdateMember } from "../update.ts";

/** What stands at a place of the source now; undefined: there is no image any more. */
export type ImageAt = (file: string, pointer: string) => string | undefined;

/**
 * What became of a delivered update in a later state of the source. `undone`: a member has its former text back, or one
 * of an older version, whoever did it and how. `moved-on`: the texts say something else; there is nothing to watch any more.
 */
export function findUndone({ update }: Delivered, imageAt: ImageAt): "kept" | "undone" | "moved-on" {
  const fates = update.members.map((member) => memberFate(member, imageAt(member.file, member.pointer)));
  if (fates.includes("undone")) return "undone";
  return fates.every((fate) => fate === "kept") ? "kept" : "moved-on";
}

function memberFate({ from, to, tag }: UpdateMember, now: string | undefined): "kept" | "undone" | "moved-on" {
  if (now === to) return "kept";
  if (now === from) return "undone";
  const parsed = now === undefined ? undefined : parseImageReference(now);
  const formerly = parseImageReference(from);
  if (parsed?.kind !== "valid" || formerly.kind !== "valid") return "moved-on";
  const isSameImage =
    parsed.reference.domain === formerly.reference.domain && parsed.reference.path === formerly.reference.path;
  const order = parsed.reference.tag === undefined ? undefined : compareTags(parsed.reference.tag, tag);
  return isSameImage && order !== undefined && order < 0 ? "undone" : "moved-on";
}
