import { childrenOf, type DocumentTree, type LocatedNode, textOfNode, type YamlNode } from "./document-tree.ts";

/** `0/spec/containers/0/image`: the document's number and the way down, with `~` as `~0` and `/` as `~1`. */
export function pointerOf(located: LocatedNode, documentIndex: number): string {
  const { parent, step } = located;
  if (parent === undefined) return String(documentIndex);
  return `${pointerOf(parent, documentIndex)}/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** What is known of the names in one document: looking for one costs as much as the maps on its way hold keys. */
export type KnownNames = Map<YamlNode, string | undefined>;

/** `metadata.name` of the document or, in a Kubernetes List, of the item. */
export function nameOf(located: LocatedNode, tree: DocumentTree, known: KnownNames): string | undefined {
  if (known.has(located.node)) return known.get(located.node);
  const outer = located.parent && nameOf(located.parent, tree, known);
  const name = outer ?? textBelow(located, ["metadata", "name"], tree);
  known.set(located.node, name);
  return name;
}

function textBelow(located: LocatedNode, keys: readonly string[], tree: DocumentTree): string | undefined {
  let current: LocatedNode | undefined = located;
  for (const key of keys)
    current = current && childrenOf(current, tree).find((child) => child.key !== undefined && child.step === key);
  return textOfNode(current?.node) || undefined;
}
