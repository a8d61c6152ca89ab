import { isMap, isScalar, isSeq } from "yaml";
import { childrenOf, type DocumentTree, type LocatedNode, textOfNode } from "./document-tree.ts";
import type { YamlPath, YamlPathFilter, YamlPathStep } from "./yaml-path.ts";

/**
 * The nodes a path leads to from one node of a document, each once however often it is reached, so that no file can
 * make this cost more than its size times the path's length.
 */
export function selectNodes(path: YamlPath, from: LocatedNode, tree: DocumentTree): readonly LocatedNode[] {
  return followSteps(path.steps, [from], tree);
}

function followSteps(
  steps: readonly YamlPathStep[],
  from: readonly LocatedNode[],
  tree: DocumentTree,
): readonly LocatedNode[] {
  let current = from;
  for (const step of steps) current = once(followStep(step, current, tree));
  return current;
}

function followStep(step: YamlPathStep, from: readonly LocatedNode[], tree: DocumentTree): readonly LocatedNode[] {
  if (step.kind === "descendants") return descendantsOf(from, tree);
  if (step.kind === "leaves") return [...from, ...descendantsOf(from, tree)].filter(({ node }) => isScalar(node));
  if (step.kind === "anchor") return from.length === 0 ? [] : (tree.anchors.get(step.name) ?? []);
  return from.flatMap((located) => stepFrom(located, step, tree));
}

function stepFrom(
  located: LocatedNode,
  step: Exclude<YamlPathStep, { kind: "descendants" | "leaves" | "anchor" }>,
  tree: DocumentTree,
): readonly LocatedNode[] {
  const children = childrenOf(located, tree);
  switch (step.kind) {
    case "name":
      return children.filter((child) => child.step === step.name);
    case "pattern":
      return isMap(located.node) ? children.filter((child) => hasParts(child.step, step.parts)) : [];
    case "children":
      return children;
    case "index":
      return isSeq(located.node) ? children.slice(step.index).slice(0, 1) : [];
    case "slice":
      return isSeq(located.node) ? sliceOfList(children, step) : sliceOfMap(children, step);
    case "filter":
      return filterNodes(located, step, tree);
    case "has-child":
      return hasChild(located, children, step.name) === step.isNegated ? [] : [located];
    case "extreme":
      return extremeOf(located, children, step, tree);
    case "key-name":
      return keyOf(located);
    case "parent":
      return ancestorOf(located, step.levels);
  }
}

function once(nodes: readonly LocatedNode[]): readonly LocatedNode[] {
  const seen = new Set<unknown>();
  return nodes.filter(({ node }) => !seen.has(node) && seen.add(node));
}

function descendantsOf(from: readonly LocatedNode[], tree: DocumentTree): readonly LocatedNode[] {
  const seen = new Set<unknown>();
  const found: LocatedNode[] = [];
  const visit = (located: LocatedNode): void => {
    for (const child of childrenOf(located, tree)) {
      if (seen.has(child.node)) continue;
      seen.add(child.node);
      found.push(child);
      visit(child);
    }
  };
  from.forEach(visit);
  return found;
}

function hasParts(name: string, parts: readonly string[]): boolean {
  const [first = "", ...others] = parts;
  const last = others.pop() ?? "";
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of others) {
    at = name.indexOf(part, at);
    if (at === -1) return false;
    at += part.length;
  }
  return at <= name.length - last.length;
}

interface Slice {
  readonly start: string;
  readonly end: string;
}

function sliceOfList(children: readonly LocatedNode[], slice: Slice): readonly LocatedNode[] {
  const bounds = [slice.start, slice.end].map(Number).map((bound) => (bound < 0 ? children.length + bound : bound));
  if (!bounds.every(Number.isInteger)) return [];
  return children.slice(Math.max(0, Math.min(...bounds)), Math.max(0, ...bounds));
}

function sliceOfMap(children: readonly LocatedNode[], slice: Slice): readonly LocatedNode[] {
  const start = children.findIndex((child) => child.step === slice.start);
  const end = children.findIndex((child) => child.step === slice.end);
  return start === -1 ? [] : children.slice(start, end + 1);
}

function filterNodes(located: LocatedNode, filter: YamlPathFilter, tree: DocumentTree): readonly LocatedNode[] {
  const start = filter.through.length > 0 && isSeq(located.node) ? childrenOf(located, tree) : [located];
  return followSteps(filter.through, start, tree).flatMap((holder) => filterChildren(holder, filter, tree));
}

function filterChildren(
  holder: LocatedNode,
  { key, matches }: YamlPathFilter,
  tree: DocumentTree,
): readonly LocatedNode[] {
  const children = childrenOf(holder, tree);
  if (isMap(holder.node)) {
    if (key === undefined) return children.filter((child) => matches(child.step));
    const values = children.filter((child) => child.step === key);
    return values.flatMap((value) => (isSeq(value.node) ? childrenOf(value, tree) : [value])).filter(scalarMatches);
  }
  const values = children.flatMap((child) =>
    isMap(child.node) ? childrenOf(child, tree).filter((value) => value.step === key) : [child],
  );
  return values.filter(scalarMatches);

  function scalarMatches({ node }: LocatedNode): boolean {
    const text = textOfNode(node);
    return text !== undefined && matches(text);
  }
}

function hasChild(located: LocatedNode, children: readonly LocatedNode[], name: string): boolean {
  return children.some((child) => (isMap(located.node) ? child.step : textOfNode(child.node)) === name);
}

/** The child with the largest or smallest value; negated, the other children that have one. The first of equals wins. */
function extremeOf(
  located: LocatedNode,
  children: readonly LocatedNode[],
  step: Extract<YamlPathStep, { kind: "extreme" }>,
  tree: DocumentTree,
): readonly LocatedNode[] {
  if (step.name === "" && !isSeq(located.node)) return [];
  const candidates = children.flatMap((child) => {
    const value =
      step.name === "" ? child : childrenOf(child, tree).find((grandchild) => grandchild.step === step.name);
    const text = textOfNode(value?.node);
    return text === undefined || (step.name !== "" && !isMap(child.node)) ? [] : [{ child, text }];
  });
  const [first, ...others] = candidates;
  if (first === undefined) return [];
  const sign = step.extreme === "max" ? 1 : -1;
  const areNumbers = isNumber(first.text);
  const best = others.reduce((known, candidate) => {
    if (areNumbers && !isNumber(candidate.text)) return known;
    const order = areNumbers ? Number(candidate.text) - Number(known.text) : compareTexts(candidate.text, known.text);
    return order * sign > 0 ? candidate : known;
  }, first);
  return candidates.filter((candidate) => (candidate === best) !== step.isNegated).map(({ child }) => child);
}

function isNumber(text: string): boolean {
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(text.trim());
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function keyOf(located: LocatedNode): readonly LocatedNode[] {
  const { key } = located;
  if (key === undefined) return [];
  const anchor = key.anchor ?? located.parent?.anchor;
  return [{ node: key, parent: located, step: "name()", key: undefined, alias: undefined, anchor }];
}

function ancestorOf(located: LocatedNode, levels: number): readonly LocatedNode[] {
  let current: LocatedNode | undefined = located;
  for (let level = 0; level < levels; level += 1) current = current?.parent;
  return current === undefined ? [] : [current];
}
