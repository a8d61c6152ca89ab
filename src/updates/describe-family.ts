import { relateTag } from "../images/relate-tag.ts";

/** How many of the other tags' reasons are named. */
const namedReasons = 4;

/** `12 of 340 tags are above 1.25.3-alpine; 35 are lower; the others: 120 another variant (-slim), …` */
export function describeFamily(current: string, tags: readonly string[]): string {
  let above = 0;
  let lower = 0;
  const others = new Map<string, number>();
  for (const tag of tags) {
    const relation = relateTag(current, tag);
    if (relation.kind === "candidate") above += 1;
    else if (relation.kind === "lower") lower += 1;
    else if (relation.kind !== "same") others.set(relation.text, (others.get(relation.text) ?? 0) + 1);
  }
  const ranked = [...others].sort(([, a], [, b]) => b - a).map(([text, count]) => `${count} ${text}`);
  const more = ranked.length > namedReasons ? ", …" : "";
  const rest = ranked.length === 0 ? "" : `; left out: ${ranked.slice(0, namedReasons).join(", ")}${more}`;
  return `${above} of ${tags.length} tags are above ${current}, ${lower} below${rest}`;
}
