/**
 * Reads a `.env` file as Compose v2 does: `NAME=value` or `NAME: value`, `export ` before it, blanks around the sign, `#`
 * comments (in an unquoted value only after a blank), single quotes (nothing is replaced), double quotes (escapes, variables,
 * several lines). A name alone takes its value from the environment, which a source does not show: it is skipped.
 *
 * Compose refuses a whole file for one bad line, so this does too. Texts stay where they are: nothing is replaced here.
 */
import { indexLines, type LineIndex } from "../line-index.ts";
import type { PlacedText } from "../placed-text.ts";

export interface EnvAssignment {
  readonly name: string;
  readonly line: number;
  /** The line on which the value ends: quoted values may be longer than one. */
  readonly lastLine: number;
  readonly value: PlacedText;
  /** Variables in the value are replaced. */
  readonly isTemplate: boolean;
}

export type EnvFile =
  | { readonly kind: "parsed"; readonly assignments: readonly EnvAssignment[] }
  /** `text` says what is wrong and what to do. */
  | { readonly kind: "invalid"; readonly line: number; readonly column: number; readonly text: string };

export function parseEnv(file: string, text: string): EnvFile {
  const lines = indexLines(text);
  const assignments: EnvAssignment[] = [];
  let at = 0;
  for (;;) {
    // A byte-order mark counts as a blank here.
    at = skipTo(text, at, /\s*/y);
    if (text[at] === "#") {
      at = skipTo(text, at, /[^\n]*/y);
      continue;
    }
    if (at >= text.length) return { kind: "parsed", assignments };
    const name = readName(text, at);
    if (name.kind === "invalid") return { kind: "invalid", ...lines.positionAt(name.at), text: name.text };
    at = name.end;
    if (name.kind === "alone") continue;
    const value = readValue({ file, text, lines, name: name.name, at });
    if (value === undefined)
      return {
        kind: "invalid",
        ...lines.positionAt(at),
        text: `The quote that opens the value of ${name.name} is never closed: close it.`,
      };
    const lastLine = lines.lineAt(Math.max(value.end - 1, at));
    assignments.push({ name: name.name, line: lines.lineAt(name.start), lastLine, ...value.read });
    at = value.end;
  }
}

type Name =
  | { readonly kind: "assigned"; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: "alone"; readonly end: number }
  | { readonly kind: "invalid"; readonly at: number; readonly text: string };

const blanks = /[^\S\n]*/y;

function readName(text: string, from: number): Name {
  const start = skipTo(text, from, /(?:export\s+)?/y);
  const end = skipTo(text, start, /[\p{L}\p{N}_.[\]-]*/uy);
  const sign = skipTo(text, end, blanks);
  if (text[sign] === "=" || text[sign] === ":") {
    if (end === start)
      return { kind: "invalid", at: start, text: "A name is missing before the sign: write NAME=value." };
    return { kind: "assigned", name: text.slice(start, end), start, end: skipTo(text, sign + 1, blanks) };
  }
  if (sign >= text.length || text[sign] === "\n") return { kind: "alone", end: sign };
  const letter = JSON.stringify(String.fromCodePoint(text.codePointAt(sign) ?? 0));
  return {
    kind: "invalid",
    at: sign,
    text: `${letter} cannot stand in a name: write NAME=value, or put # before a comment.`,
  };
}

interface ValuePlace {
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly name: string;
  readonly at: number;
}

interface ReadValue {
  readonly end: number;
  readonly read: Pick<EnvAssignment, "value" | "isTemplate">;
}

function readValue(place: ValuePlace): ReadValue | undefined {
  const { text, file, lines, name, at } = place;
  const quote = text[at];
  const isQuoted = quote === '"' || quote === "'";
  const end = isQuoted ? closingQuote(text, at) : skipTo(text, at, /[^\n]*/y);
  if (end === undefined) return undefined;
  const raw = isQuoted ? text.slice(at + 1, end) : withoutComment(text.slice(at, end));
  const start = isQuoted ? at + 1 : at;
  const decoded = isQuoted ? unescape(raw, quote) : raw;
  const value: PlacedText = {
    text: decoded,
    file,
    lines,
    start,
    end: start + raw.length,
    isVerbatim: decoded === raw,
    noted: raw,
    notation: quote === '"' ? "double-quoted" : quote === "'" ? "single-quoted" : "verbatim",
    owner: name,
  };
  return { end: isQuoted ? end + 1 : end, read: { value, isTemplate: quote !== "'" } };
}

function closingQuote(text: string, open: number): number | undefined {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === text[open]) return at;
  }
  return undefined;
}

function withoutComment(value: string): string {
  const comment = value.indexOf(" #");
  return (comment === -1 ? value : value.slice(0, comment)).trimEnd();
}

function unescape(raw: string, quote: '"' | "'"): string {
  if (quote === "'") return raw.replaceAll("\\'", "'");
  const control: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", $: "$$" };
  return raw.replaceAll(/\\([nrt$"\\])/g, (_, letter: string) => control[letter] ?? letter);
}

function skipTo(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return Math.max(at, pattern.lastIndex);
}
