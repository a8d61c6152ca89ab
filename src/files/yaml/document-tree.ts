import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { indexAliases } from "../yaml-text/index-aliases.ts";
import { scalarText } from "../yaml-text/scalar-text.ts";
import type { YamlFault } from "../yaml-text/yaml-fault.ts";

export type YamlNode = Scalar | YAMLMap | YAMLSeq;

/** A node and the way it was reached. Through aliases one node can be reached in several ways. */
export interface LocatedNode {
  readonly node: YamlNode;
  readonly parent: LocatedNode | undefined;
  /** The key or index in the parent; empty for the root. */
  readonly step: string;
  /** Of the node in its map. */
  readonly key: Scalar | undefined;
  /** The alias that stands here in place of the node. */
  readonly alias: Alias | undefined;
  /** The anchor on the way that is nearest to the node: a change of the node changes every use of it. */
  readonly anchor: string | undefined;
}

/** One document, made ready for following paths: each alias with its node, each anchor with its places. */
export interface DocumentTree {
  readonly root: LocatedNode;
  readonly aliases: ReadonlyMap<Alias, Node>;
  readonly anchors: ReadonlyMap<string, readonly LocatedNode[]>;
}

export type DocumentTreeReading =
  | { readonly kind: "tree"; readonly tree: DocumentTree }
  | { readonly kind: "empty" }
  | YamlFault;

/** Refuses what no honest file holds: a key twice in one map, aliases that multiply or have no anchor. */
export function readDocumentTree(document: Document): DocumentTreeReading {
  const contents = document.contents;
  if (!isYamlNode(contents) || (isScalar(contents) && scalarText(contents) === "")) return { kind: "empty" };
  const index = indexAliases(document);
  if (index.kind === "fault") return index;
  const root: LocatedNode = {
    node: contents,
    parent: undefined,
    step: "",
    key: undefined,
    alias: undefined,
    anchor: contents.anchor,
  };
  const anchors = new Map<string, LocatedNode[]>();
  const fault = surveyNodes(root, anchors);
  return fault ?? { kind: "tree", tree: { root, aliases: index.targets, anchors } };
}

/** The nodes directly below, in order, aliases followed. */
export function childrenOf(located: LocatedNode, tree: Pick<DocumentTree, "aliases">): readonly LocatedNode[] {
  return entriesOf(located.node).flatMap(([step, value, key]) => {
    const node = isAlias(value) ? tree.aliases.get(value) : value;
    if (!isYamlNode(node)) return [];
    const alias = isAlias(value) ? value : undefined;
    return [{ node, parent: located, step, key, alias, anchor: node.anchor ?? located.anchor }];
  });
}

/** undefined for maps and lists. */
export function textOfNode(node: unknown): string | undefined {
  return isScalar(node) ? scalarText(node) : undefined;
}

/** Collects the nodes that have anchors, without following aliases, until a key stands twice in one map. */
function surveyNodes(located: LocatedNode, anchors: Map<string, LocatedNode[]>): YamlFault | undefined {
  const { node } = located;
  if (node.anchor !== undefined) {
    const known = anchors.get(node.anchor);
    if (known === undefined) anchors.set(node.anchor, [located]);
    else known.push(located);
  }
  const names = new Set<string>();
  for (const [step, value, key] of entriesOf(node)) {
    const at = key?.range?.[0] ?? 0;
    if (names.has(step)) return { kind: "fault", at, text: `The key ${step} stands twice in one map; remove one.` };
    names.add(step);
    if (!isYamlNode(value)) continue;
    const anchor = value.anchor ?? located.anchor;
    const fault = surveyNodes({ node: value, parent: located, step, key, alias: undefined, anchor }, anchors);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

type Entry = readonly [step: string, value: unknown, key: Scalar | undefined];

function entriesOf(node: YamlNode): readonly Entry[] {
  if (isSeq(node))
    return node.items.map((item, index): Entry => [String(index), isPair(item) ? undefined : item, undefined]);
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }): readonly Entry[] =>
    isScalar(key) ? [[scalarText(key), value, key]] : [],
  );
}

function isYamlNode(node: unknown): node is YamlNode {
  return isScalar(node) || isMap(node) || isSeq(node);
}
