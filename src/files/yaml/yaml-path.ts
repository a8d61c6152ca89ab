/**
 * The path language of YAML rules: `/spec/template/image`, `metadata.annotations.haondt\.dev/talos`. It is the one
 * of the earlier program, so that existing configuration works.
 *
 * The separator is `/` when the path starts with it, else `.`. A backslash takes the meaning from a separator, bracket,
 * quote or star. Surprising: a filter such as `[name=web]` selects the scalar that matches, not the map that holds it;
 * `[parent()]` goes back up. `**` selects every descendant, or every scalar when it is the last part. Merge keys (`<<`)
 * are keys like any other.
 *
 * A path is parsed once, when the configuration is read, and never fails later.
 */
import { readBracket } from "./read-bracket.ts";

/** No steps: the node itself. */
export interface YamlPath {
  readonly text: string;
  readonly steps: readonly YamlPathStep[];
}

export type YamlPathStep =
  /** A key of a map; when it is all digits, also an index of a list. */
  | { readonly kind: "name"; readonly name: string }
  /** Key names that consist of these parts with anything between them. */
  | { readonly kind: "pattern"; readonly parts: readonly string[] }
  | { readonly kind: "children" }
  | { readonly kind: "descendants" }
  | { readonly kind: "leaves" }
  /** Negative: counted from the end. */
  | { readonly kind: "index"; readonly index: number }
  /** Of a list by index, `end` excluded; of a map by key names, `end` included. */
  | { readonly kind: "slice"; readonly start: string; readonly end: string }
  | { readonly kind: "anchor"; readonly name: string }
  | YamlPathFilter
  | { readonly kind: "has-child"; readonly name: string; readonly isNegated: boolean }
  | { readonly kind: "extreme"; readonly extreme: "max" | "min"; readonly name: string; readonly isNegated: boolean }
  | { readonly kind: "key-name" }
  | { readonly kind: "parent"; readonly levels: number };

export interface YamlPathFilter {
  readonly kind: "filter";
  /** Followed before `key` is looked at: `[image.tag=latest]` has one such step. */
  readonly through: readonly YamlPathStep[];
  /** undefined: `.`, the key names themselves. */
  readonly key: string | undefined;
  readonly matches: (text: string) => boolean;
}

export type YamlPathReading =
  | { readonly kind: "valid"; readonly path: YamlPath }
  /** `index` counts from 0 in the path's text; `text` is a sentence. */
  | { readonly kind: "invalid"; readonly index: number; readonly text: string };

export type StepReading =
  | { readonly kind: "step"; readonly step: YamlPathStep; readonly end: number }
  | { readonly kind: "invalid"; readonly index: number; readonly text: string };

export function parseYamlPath(text: string): YamlPathReading {
  const separator = text.startsWith("/") ? "/" : ".";
  const steps: YamlPathStep[] = [];
  let index = 0;
  while (index < text.length) {
    if (text[index] === separator) {
      index += 1;
      continue;
    }
    const reading = readStep(text, index, separator);
    if (reading.kind === "invalid") return reading;
    steps.push(reading.step);
    index = reading.end;
  }
  const last = steps.at(-1);
  if (last?.kind === "descendants") steps.splice(-1, 1, { kind: "leaves" });
  return { kind: "valid", path: { text, steps } };
}

function readStep(text: string, start: number, separator: string): StepReading {
  const first = text[start];
  if (first === "[") return readBracket(text, start, parseYamlPath);
  if (first === "'" || first === '"') return readQuotedName(text, start, separator);
  if (first === "(")
    return { kind: "invalid", index: start, text: "Collectors in parentheses are not supported; write one path." };
  return readPlainName(text, start, separator);
}

function readQuotedName(text: string, start: number, separator: string): StepReading {
  const close = text.indexOf(text[start] ?? "", start + 1);
  if (close === -1)
    return { kind: "invalid", index: start, text: "The quote is not closed; add the same quote at the name's end." };
  const next = text[close + 1];
  if (next !== undefined && next !== separator && next !== "[")
    return { kind: "invalid", index: close + 1, text: `After a quoted name comes ${separator}, [ or the end.` };
  return { kind: "step", step: { kind: "name", name: text.slice(start + 1, close) }, end: close + 1 };
}

function readPlainName(text: string, start: number, separator: string): StepReading {
  const parts: string[] = [];
  let part = "";
  let index = start;
  for (; index < text.length && text[index] !== separator && text[index] !== "["; index += 1) {
    const [character = "", next = ""] = text.slice(index, index + 2);
    if (character === "*") {
      parts.push(part);
      part = "";
    } else if (character === "\\" && (next === separator || "[]'\"*&(".includes(next)) && next !== "") {
      part += next;
      index += 1;
    } else if (character === "\\" && next === "\\") {
      // A doubled backslash stays doubled, and the second one escapes nothing.
      part += "\\\\";
      index += 1;
    } else part += character;
  }
  return { kind: "step", step: plainStep(text.slice(start, index), [...parts, part]), end: index };
}

function plainStep(written: string, parts: readonly string[]): YamlPathStep {
  if (written === "*") return { kind: "children" };
  if (written === "**") return { kind: "descendants" };
  if (parts.length > 1) return { kind: "pattern", parts };
  const name = parts[0] ?? "";
  return written.startsWith("&") ? { kind: "anchor", name: name.slice(1) } : { kind: "name", name };
}
