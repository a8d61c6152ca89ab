import type { ConfigEntry, ConfigMap, ConfigNode } from "./config-node.ts";

/**
 * `upper` laid over `lower`: maps key by key, in any case; a list replaces a list. A map whose keys are all numbers,
 * as variables make it (`Repositories__0__Url`), changes single elements of a list; numbers past its end add to it.
 */
export function mergeNodes(lower: ConfigNode, upper: ConfigNode): ConfigNode {
  if (upper.kind !== "map") return upper;
  if (lower.kind === "map") return { ...upper, entries: mergeEntries(lower, upper) };
  if (lower.kind === "list" && isIndexed(upper)) return { ...lower, items: mergeItems(lower.items, upper) };
  return upper;
}

export function isIndexed(map: ConfigMap): boolean {
  return map.entries.length > 0 && map.entries.every(({ key }) => /^\d{1,6}$/.test(key));
}

/** The values in the order of their numbers. */
export function indexedItems(map: ConfigMap): readonly ConfigNode[] {
  return sortByIndex(map).map(({ value }) => value);
}

/** What stands twice within one layer stays so: that is told when the settings are checked. */
function mergeEntries(lower: ConfigMap, upper: ConfigMap): readonly ConfigEntry[] {
  const merged = [...lower.entries];
  const replaced = new Set<number>();
  for (const entry of upper.entries) {
    const name = entry.key.toLowerCase();
    const index = merged.findIndex((below, place) => below.key.toLowerCase() === name && !replaced.has(place));
    const below = merged[index];
    // Names that people choose keep the spelling of the lower layer, which is that of the files.
    const value = below === undefined ? entry.value : mergeNodes(below.value, entry.value);
    const place = below === undefined ? merged.length : index;
    merged[place] = { ...(below ?? entry), value };
    replaced.add(place);
  }
  return merged;
}

function mergeItems(items: readonly ConfigNode[], changes: ConfigMap): readonly ConfigNode[] {
  const merged = [...items];
  for (const { key, value } of sortByIndex(changes)) {
    const index = Math.min(Number(key), merged.length);
    const below = merged[index];
    merged[index] = below === undefined ? value : mergeNodes(below, value);
  }
  return merged;
}

function sortByIndex(map: ConfigMap): readonly ConfigEntry[] {
  return map.entries.toSorted((a, b) => Number(a.key) - Number(b.key));
}
