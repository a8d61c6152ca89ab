import { type Alias, type Document, isAlias, isMap, isNode, isPair, isSeq, type Node } from "yaml";
import type { YamlFault } from "./yaml-fault.ts";

type AliasIndex = { readonly kind: "indexed"; readonly targets: ReadonlyMap<Alias, Node> } | YamlFault;

const maxDepth = 200;
const maxExpandedNodes = 100_000;
const maxExpansion = 10;

/**
 * What every alias of a document stands for, found in one walk that expands nothing. Refuses what would cost whoever follows
 * aliases or depth blindly. A name may be anchored again: an alias means the last one above it.
 */
export function indexAliases(document: Document): AliasIndex {
  const walk: Walk = { targets: new Map(), anchors: new Map(), nodes: 0, fault: undefined };
  const size = measure(document.contents, 0, walk);
  if (walk.fault !== undefined) return walk.fault;
  if (size > maxExpandedNodes && size > maxExpansion * walk.nodes)
    return fault(
      0,
      "The aliases multiply into far more than the file holds: Talos does not follow them. Write it out.",
    );
  return { kind: "indexed", targets: walk.targets };
}

interface Walk {
  readonly targets: Map<Alias, Node>;
  readonly anchors: Map<string, Anchor>;
  nodes: number;
  fault: YamlFault | undefined;
}

interface Anchor {
  readonly node: Node;
  /** undefined while the node is being walked. */
  size: number | undefined;
}

/** How many nodes this one would be with every alias written out. */
function measure(node: unknown, depth: number, walk: Walk): number {
  if (walk.fault !== undefined) return 0;
  if (isPair(node)) return measure(node.key, depth, walk) + measure(node.value, depth, walk);
  if (!isNode(node)) return 0;
  const at = node.range?.[0] ?? 0;
  walk.nodes += 1;
  if (depth > maxDepth) {
    walk.fault = fault(at, `The YAML is nested more than ${maxDepth} levels deep: make it flatter.`);
    return 0;
  }
  if (isAlias(node)) return measureAlias(node, at, walk);
  const anchor: Anchor = { node, size: undefined };
  if (node.anchor !== undefined) walk.anchors.set(node.anchor, anchor);
  let size = 1;
  if (isMap(node) || isSeq(node)) for (const item of node.items) size += measure(item, depth + 1, walk);
  anchor.size = size;
  return size;
}

function measureAlias(alias: Alias, at: number, walk: Walk): number {
  const anchor = walk.anchors.get(alias.source);
  if (anchor?.size !== undefined) {
    walk.targets.set(alias, anchor.node);
    return anchor.size;
  }
  const why = anchor === undefined ? `no anchor &${alias.source} stands above it` : "it stands inside its own anchor";
  walk.fault = fault(
    at,
    `The alias *${alias.source} means nothing: ${why}. Correct the name, or put quotes around the text.`,
  );
  return 0;
}

function fault(at: number, text: string): YamlFault {
  return { kind: "fault", at, text };
}
