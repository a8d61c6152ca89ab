import { isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from "yaml";
import type { YamlDocument } from "./read-yaml.ts";
import { scalarText } from "./scalar-text.ts";

/** A map's entry, its alias followed. */
export interface YamlField {
  readonly key: string;
  readonly keyNode: Node;
  /** undefined: nothing is written after the key. */
  readonly value: Node | undefined;
  /** `&name`: the anchor by which the value came here, of an alias or a merged map. */
  readonly anchor: string | undefined;
}

/** The map's own entries in order, without those of its merge keys. Keys that are no scalars are left out. */
function ownFields(map: YAMLMap, document: YamlDocument): readonly YamlField[] {
  const fields: YamlField[] = [];
  for (const { key: written, value } of map.items) {
    const keyNode = follow(written, document);
    if (keyNode === undefined || !isScalar(keyNode)) continue;
    const anchor = isAlias(value) ? `&${value.source}` : undefined;
    fields.push({ key: scalarText(keyNode), keyNode, value: follow(value, document), anchor });
  }
  return fields;
}

/**
 * All entries as YAML's merge key has it: the map's own come first and count, then those of `<<: *a` or `<<: [*a, *b]`, of
 * which the earlier counts. An own key that is written twice stays twice.
 */
export function mergedFields(map: YAMLMap, document: YamlDocument): readonly YamlField[] {
  const own = ownFields(map, document);
  const fields = own.filter((field) => field.key !== "<<");
  const known = new Set(fields.map((field) => field.key));
  for (const { value, anchor } of own.filter((field) => field.key === "<<"))
    for (const { node, anchor: itemAnchor } of mergeSources(value, anchor, document))
      for (const field of isMap(node) ? mergedFields(node, document) : []) {
        if (known.has(field.key)) continue;
        known.add(field.key);
        fields.push({ ...field, anchor: field.anchor ?? itemAnchor });
      }
  return fields;
}

interface MergeSource {
  readonly node: Node | undefined;
  readonly anchor: string | undefined;
}

function mergeSources(
  value: Node | undefined,
  anchor: string | undefined,
  document: YamlDocument,
): readonly MergeSource[] {
  if (!isSeq(value)) return [{ node: value, anchor }];
  return value.items.map((item) => ({
    node: follow(item, document),
    anchor: isAlias(item) ? `&${item.source}` : anchor,
  }));
}

/** The node itself, or what its alias stands for. */
export function follow(node: unknown, document: YamlDocument): Node | undefined {
  if (isAlias(node)) return document.targetOf(node);
  return isScalar(node) || isMap(node) || isSeq(node) ? node : undefined;
}

/** `key:`, `key: ~` and `key: null` say nothing. */
export function isNothing(node: Node | undefined): boolean {
  if (node === undefined) return true;
  return isScalar(node) && node.type === "PLAIN" && /^(?:~|null|Null|NULL|)$/.test(scalarText(node));
}
