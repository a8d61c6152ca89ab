import { isMap, type Node, type YAMLMap } from "yaml";
import type { FileProblem } from "../found-reference.ts";
import type { LineIndex } from "../line-index.ts";
import type { SourceText } from "../source-text.ts";
import { isNothing, mergedFields, type YamlField } from "../yaml-text/find-field.ts";
import { readYaml, type YamlDocument } from "../yaml-text/read-yaml.ts";
import { maskShortForms } from "./mask-short-forms.ts";

/** One compose file as it stands: nothing is inherited from other services or files yet. */
export interface ComposeFile {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly services: ReadonlyMap<string, ComposeService>;
  readonly includes: readonly LayeredField[];
  readonly problems: readonly FileProblem[];
}

export interface ComposeService {
  readonly name: string;
  /** Offset of the key. */
  readonly at: number;
  /** The last document that has it first. */
  readonly layers: readonly ServiceLayer[];
  readonly problem: FileProblem | undefined;
}

interface ServiceLayer {
  readonly fields: readonly YamlField[];
  readonly document: YamlDocument;
}

export interface LayeredField extends YamlField {
  readonly document: YamlDocument;
}

export type ComposeReading =
  | { readonly kind: "read"; readonly file: ComposeFile }
  | { readonly kind: "unreadable"; readonly problem: FileProblem };

export function readComposeFile(path: string, sourceText: SourceText): ComposeReading {
  const source = sourceText(path);
  const unreadable = (text: string, line?: number, column?: number): ComposeReading => ({
    kind: "unreadable",
    problem: { file: path, line, column, text },
  });
  if (source.kind === "missing") return unreadable("The file is not there: add it, or remove what names it.");
  if (source.kind === "refused") return unreadable(source.reason);
  const { text } = source;
  const yaml = readYaml(maskShortForms(text));
  if (yaml.kind === "invalid") return unreadable(yaml.text, yaml.line, yaml.column);

  const { lines } = yaml;
  const problem: ProblemAt = (at, what) => problemAt({ path, lines }, at, what);
  const top = yaml.documents.flatMap((document) => topFields(document, problem));
  const problems = top.flatMap((field) => (field.kind === "problem" ? [field.problem] : []));
  const fields = top.flatMap((field) => (field.kind === "field" ? [field.field] : []));
  const sections = fields.filter((field) => field.key === "services" && !isNothing(field.value));
  const services = new Map<string, ComposeService>();
  for (const { value, keyNode, document } of sections) {
    if (isMap(value)) addServices(services, value, document, problem);
    else
      problems.push(
        problem(startOf(keyNode), "`services` must be a map of services: write each one's name and a colon."),
      );
  }
  return { kind: "read", file: { path, text, lines, services, includes: fields.filter(isInclude), problems } };
}

type ProblemAt = (at: number, text: string) => FileProblem;

type TopField =
  | { readonly kind: "field"; readonly field: LayeredField }
  | { readonly kind: "problem"; readonly problem: FileProblem };

function topFields(document: YamlDocument, problemAt: ProblemAt): readonly TopField[] {
  const { root } = document;
  if (isNothing(root)) return [];
  if (!isMap(root)) {
    const text = "A compose file is a map with `services:` in it; this is something else.";
    return [{ kind: "problem", problem: problemAt(startOf(root), text) }];
  }
  const fields = mergedFields(root, document);
  const twice = findTwice(fields, ["services", "include"]);
  if (twice !== undefined)
    return [{ kind: "problem", problem: problemAt(startOf(twice.keyNode), writtenTwice(twice.key)) }];
  return fields.map((field) => ({ kind: "field", field: { ...field, document } }));
}

function isInclude({ key, value }: YamlField): boolean {
  return key === "include" && !isNothing(value);
}

function addServices(
  services: Map<string, ComposeService>,
  section: YAMLMap,
  document: YamlDocument,
  problemAt: ProblemAt,
): void {
  const here = new Set<string>();
  for (const { key: name, keyNode, value } of mergedFields(section, document)) {
    const at = startOf(keyNode);
    const known = services.get(name);
    const problem = known?.problem ?? findProblem(name, value, document, here.has(name));
    const layer = isMap(value) ? [{ fields: mergedFields(value, document), document }] : [];
    here.add(name);
    services.set(name, {
      name,
      at,
      layers: [...layer, ...(known?.layers ?? [])],
      problem: typeof problem === "string" ? problemAt(at, problem) : problem,
    });
  }
}

/** The keys this program looks at: a second one of another kind is for Compose to refuse. */
const serviceKeys = ["image", "build", "extends", "x-talos", "x-tl"];

function findProblem(
  name: string,
  value: Node | undefined,
  document: YamlDocument,
  isTwice: boolean,
): string | undefined {
  if (isTwice) return writtenTwice(name);
  if (isNothing(value)) return `Service ${name} has no body: give it an \`image:\` or a \`build:\`, or remove it.`;
  if (!isMap(value)) return `Service ${name} must be a map: write \`image:\` and its other keys below it.`;
  const twice = findTwice(mergedFields(value, document), serviceKeys);
  return twice === undefined ? undefined : `In service ${name}, ${writtenTwice(twice.key)}`;
}

function findTwice(fields: readonly YamlField[], keys: readonly string[]): YamlField | undefined {
  const seen = new Set<string>();
  for (const field of fields) {
    if (seen.has(field.key) && keys.includes(field.key)) return field;
    seen.add(field.key);
  }
  return undefined;
}

function writtenTwice(key: string): string {
  return `\`${key}\` is written twice: keep one of them.`;
}

export function problemAt({ path, lines }: Pick<ComposeFile, "path" | "lines">, at: number, text: string): FileProblem {
  return { file: path, ...lines.positionAt(at), text };
}

export function startOf(node: Node | undefined): number {
  return node?.range?.[0] ?? 0;
}
