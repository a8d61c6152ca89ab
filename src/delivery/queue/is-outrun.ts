import { compareTags } from "../../images/compare-tags.ts";
import { parseImageReference } from "../../images/parse-image-reference.ts";
import type { UpdateMember } from "../update.ts";

/** Whether an image, as it stands in a file now, is of a newer version than a member of an update would bring. */
export function isOutrun({ domain, path, tag }: UpdateMember, image: string | undefined): boolean {
  const parsed = image === undefined ? undefined : parseImageReference(image);
  if (parsed?.kind !== "valid" || parsed.reference.tag === undefined) return false;
  const { reference } = parsed;
  return reference.domain === domain && reference.path === path && (compareTags(parsed.reference.tag, tag) ?? 0) > 0;
}
