import { parseTag } from "./tag.ts";

/**
 * The version behind a tag without prefix, variant and build: `1.128.0`, `3.13-rc1`. What the members of a sync group
 * have in common, and what ranges are matched against. undefined for a tag that has none.
 */
export function versionOf(tag: string): string | undefined {
  const parsed = parseTag(tag);
  if (parsed.kind === "floating" || parsed.kind === "commit") return undefined;
  const preRelease = parsed.preRelease.map(({ word, numbers }) => `${word}${numbers.join(".")}`).join(".");
  const version = parsed.numbers.join(".");
  return preRelease === "" ? version : `${version}-${preRelease}`;
}
