/**
 * Reads YAML into the nodes of the package `yaml`, whose ranges are offsets into the text: what is edited later is the
 * text, never a printed tree. Every plain scalar is text here: `~`, `yes` and `1.20` are what their author wrote.
 *
 * The text comes from a repository, so it may be hostile: deep nesting and aliases that multiply are refused before anything
 * else walks the tree. Duplicate keys are left to those who look keys up.
 */
import type { Alias, Node } from "yaml";
import { indexLines, type LineIndex } from "../line-index.ts";
import { explainYamlError } from "./explain-yaml-error.ts";
import { indexAliases } from "./index-aliases.ts";
import { parseDocuments } from "./parse-documents.ts";
import type { YamlFault } from "./yaml-fault.ts";

export type YamlReading =
  | { readonly kind: "read"; readonly documents: readonly YamlDocument[]; readonly lines: LineIndex }
  | { readonly kind: "invalid"; readonly line: number; readonly column: number; readonly text: string };

export interface YamlDocument {
  /** undefined: the document is empty. */
  readonly root: Node | undefined;
  /** The node an alias stands for, which is never an alias itself. */
  readonly targetOf: (alias: Alias) => Node | undefined;
}

export function readYaml(text: string): YamlReading {
  const lines = indexLines(text);
  const documents = readDocuments(text);
  if (Array.isArray(documents)) return { kind: "read", documents, lines };
  return { kind: "invalid", ...lines.positionAt(documents.at), text: documents.text };
}

function readDocuments(text: string): YamlDocument[] | YamlFault {
  const parsing = parseDocuments(text);
  if (parsing.kind === "fault") return parsing;
  const documents: YamlDocument[] = [];
  for (const document of parsing.documents) {
    const [error] = document.errors;
    if (error !== undefined) return { kind: "fault", at: error.pos[0], text: explainYamlError(error) };
    const aliases = indexAliases(document);
    if (aliases.kind === "fault") return aliases;
    documents.push({ root: document.contents ?? undefined, targetOf: (alias) => aliases.targets.get(alias) });
  }
  return documents;
}
