import { orderTags } from "./compare-tags.ts";
import { relateParsedTag } from "./relate-tag.ts";
import type { Size } from "./size.ts";
import { type NumberedTag, parseTag } from "./tag.ts";

/** A tag that may replace the current one, and how far it is from it. */
export interface Candidate {
  readonly tag: string;
  readonly size: Size;
}

/**
 * The tags that may replace `current`, highest first; none for a tag without a version. Of two spellings of one version
 * the one that looks like `current` comes first. The order of `tags` does not matter.
 */
export function rankCandidates(current: string, tags: readonly string[]): readonly Candidate[] {
  const currentTag = parseTag(current);
  if (currentTag.kind === "floating" || currentTag.kind === "commit") return [];
  const found: { readonly parsed: NumberedTag; readonly size: Size }[] = [];
  for (const text of new Set(tags)) {
    const parsed = parseTag(text);
    if (parsed.kind === "floating" || parsed.kind === "commit") continue;
    const relation = relateParsedTag(currentTag, parsed);
    if (relation.kind === "candidate") found.push({ parsed, size: relation.size });
  }
  found.sort((a, b) => orderTags(b.parsed, a.parsed) || compareSpellings(a.parsed.text, b.parsed.text, current));
  return found.map(({ parsed, size }) => ({ tag: parsed.text, size }));
}

function compareSpellings(a: string, b: string, current: string): number {
  const look = lookOf(current);
  const byLook = Number(lookOf(b) === look) - Number(lookOf(a) === look);
  return byLook || (a < b ? -1 : a > b ? 1 : 0);
}

function lookOf(tag: string): string {
  return tag.replaceAll(/\d+/g, "#");
}
