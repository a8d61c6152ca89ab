/**
 * Finds images in YAML files of any kind (Kubernetes manifests, Helm values, CI pipelines) by rules of the
 * configuration: where the things are that may be updated, and where below each its image and its policy stand.
 *
 * Every document of a file is read by itself; a broken one costs only itself. A pointer is the document's number from 0
 * and the keys down to the image, with `~` as `~0` and `/` as `~1` as in JSON Pointer: `0/spec/containers/0/image`. An
 * image behind an alias keeps the pointer of its use and is edited at the anchor. Merge keys (`<<`) are not applied.
 */
import { type Document, isMap, isSeq, type YAMLError } from "yaml";
import type { WrittenPolicy } from "../../policy/setting.ts";
import type { FileFindings, FileProblem, FoundReference } from "../found-reference.ts";
import { indexLines } from "../line-index.ts";
import type { SourceText } from "../source-text.ts";
import { explainYamlError } from "../yaml-text/explain-yaml-error.ts";
import { parseDocuments } from "../yaml-text/parse-documents.ts";
import { readSetting } from "../yaml-text/read-setting.ts";
import type { YamlDocument } from "../yaml-text/read-yaml.ts";
import { type DocumentTree, type LocatedNode, readDocumentTree } from "./document-tree.ts";
import { type KnownNames, nameOf, pointerOf } from "./node-pointer.ts";
import { readImage } from "./read-image.ts";
import { selectNodes } from "./select-nodes.ts";
import { problemAt, type YamlFile } from "./yaml-file.ts";
import type { YamlPath } from "./yaml-path.ts";

/** An absent path is the node itself; without a path to the policy, everything the rule leads to has opted in. */
export interface YamlRule {
  readonly ancestorPath?: YamlPath | undefined;
  readonly relativeImagePath?: YamlPath | undefined;
  readonly relativeTalosPath?: YamlPath | undefined;
}

/** An image that two rules lead to is found once, by the first. */
export function findInYaml(path: string, sourceText: SourceText, rules: readonly YamlRule[]): FileFindings {
  const source = sourceText(path);
  if (source.kind !== "text") {
    const text = source.kind === "missing" ? "The file is not there." : source.reason;
    return { references: [], problems: [{ file: path, line: undefined, column: undefined, text }] };
  }
  const file: YamlFile = { path, text: source.text, lines: indexLines(source.text) };
  const parsing = parseDocuments(file.text);
  if (parsing.kind === "fault") return { references: [], problems: [problemAt(file, parsing.at, parsing.text)] };
  const references = new Map<string, FoundReference>();
  const problems: FileProblem[] = [];
  for (const [index, document] of parsing.documents.entries()) {
    for (const finding of findInDocument(document, index, file, rules)) {
      if (!("pointer" in finding)) problems.push(finding);
      else if (!references.has(finding.pointer)) references.set(finding.pointer, finding);
    }
  }
  return { references: [...references.values()], problems };
}

type Finding = FoundReference | FileProblem;

function findInDocument(
  document: Document,
  index: number,
  file: YamlFile,
  rules: readonly YamlRule[],
): readonly Finding[] {
  // A short policy such as `@:!!` may stand without quotes, although YAML reserves the character.
  const error = document.errors.find(({ code, pos }) => code !== "BAD_SCALAR_START" || file.text[pos[0]] !== "@");
  if (error !== undefined) return [problemAt(file, error.pos[0], explainError(error, file.text))];
  const reading = readDocumentTree(document);
  if (reading.kind === "empty") return [];
  if (reading.kind === "fault") return [problemAt(file, reading.at, reading.text)];
  const { tree } = reading;
  const names: KnownNames = new Map();
  return rules.flatMap((rule) =>
    follow(rule.ancestorPath, tree.root, tree).flatMap((ancestor) =>
      findBelow({ ancestor, rule, tree, names, index, file }),
    ),
  );
}

function explainError(error: YAMLError, text: string): string {
  const [offset] = error.pos;
  const end = text.indexOf("\n", offset);
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, end === -1 ? text.length : end);
  return line.includes("{{")
    ? "This is a template ({{ … }}) and not YAML: exclude the file from the rule."
    : explainYamlError(error);
}

interface Search {
  readonly ancestor: LocatedNode;
  readonly rule: YamlRule;
  readonly tree: DocumentTree;
  readonly names: KnownNames;
  /** Of the document in its file, from 0. */
  readonly index: number;
  readonly file: YamlFile;
}

function findBelow(search: Search): readonly Finding[] {
  const { ancestor, rule, tree } = search;
  const policies = follow(rule.relativeTalosPath, ancestor, tree);
  const images = follow(rule.relativeImagePath, ancestor, tree);
  const [policy] = policies;
  const [image] = images;
  const hasOptedIn = rule.relativeTalosPath !== undefined && policy !== undefined;
  if (image === undefined && !hasOptedIn) return [];
  if (policies.length > 1) return [complain(search, "RelativeTalosPath", rule.relativeTalosPath, policies.length)];
  if (image === undefined || images.length > 1)
    return [complain(search, "RelativeImagePath", rule.relativeImagePath, images.length)];
  const written = rule.relativeTalosPath === undefined ? defaults(search) : policy && readPolicy(policy, search);
  return written !== undefined && "file" in written ? [written] : [toReference(image, written, search)];
}

function follow(path: YamlPath | undefined, from: LocatedNode, tree: DocumentTree): readonly LocatedNode[] {
  return path === undefined ? [from] : selectNodes(path, from, tree);
}

function defaults({ ancestor, file }: Search): WrittenPolicy {
  const at = file.lines.positionAt(offsetOf(ancestor));
  return { long: { kind: "map", entries: [], at }, short: undefined };
}

function yamlDocument({ root, aliases }: DocumentTree): YamlDocument {
  return { root: root.node, targetOf: (alias) => aliases.get(alias) };
}

function readPolicy(located: LocatedNode, { tree, index, file }: Search): WrittenPolicy | FileProblem {
  const setting = readSetting(located.node, offsetOf(located), yamlDocument(tree), file.lines);
  if (isSeq(located.node))
    return problemAt(
      file,
      offsetOf(located),
      `The policy at ${pointerOf(located, index)} is a list; write a map or a short form such as "+!".`,
    );
  return isMap(located.node) ? { long: setting, short: undefined } : { long: undefined, short: setting };
}

function toReference(image: LocatedNode, policy: WrittenPolicy | undefined, search: Search): Finding {
  const { tree, names, index, file } = search;
  const pointer = pointerOf(image, index);
  const reading = readImage(image, pointer, file);
  if ("column" in reading) return reading;
  const name = nameOf(image, tree, names) ?? pointer;
  return {
    kind: "yaml",
    file: file.path,
    pointer,
    name,
    ...reading,
    policy,
    isBuiltHere: false,
    obstacle: undefined,
    warnings: [],
  };
}

function offsetOf(located: LocatedNode): number {
  return located.node.range?.[0] ?? 0;
}

function complain(
  { ancestor, index, file }: Search,
  setting: string,
  path: YamlPath | undefined,
  count: number,
): FileProblem {
  const found = count === 0 ? "nothing" : `${count} places`;
  const text = `${setting} ${path?.text ?? ""} leads to ${found} below ${pointerOf(ancestor, index)}; it must lead to one.`;
  return problemAt(file, offsetOf(ancestor), text);
}
