import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Position, Setting, SettingEntry, SettingProblem } from "../../policy/setting.ts";
import { emptySettings, type SettingText } from "./setting-text.ts";

/** JSON with comments and trailing commas. Numbers keep their digits; a key that stands twice is a problem. */
export function readJson(text: string): SettingText {
  if (text.trim() === "") return emptySettings;
  const lines = lineStarts(text);
  const errors: ParseError[] = [];
  const root = parseJson(text, errors);
  if (root === "too-deep")
    return { kind: "invalid", problems: [{ at: { line: 1, column: 1 }, text: "it is nested too deeply" }] };
  const problems = errors
    .slice(0, 1)
    .map(({ error, offset }) => ({ at: positionOf(offset, lines), text: explain(error) }));
  if (root === undefined || problems.length > 0) return { kind: "invalid", problems };
  const setting = convert(root, text, lines, problems);
  return problems.length > 0 ? { kind: "invalid", problems } : { kind: "setting", setting };
}

/** The parser recurses, so that what is nested thousands deep ends the stack. */
function parseJson(text: string, errors: ParseError[]): Node | undefined | "too-deep" {
  try {
    return parseTree(text, errors, { allowTrailingComma: true });
  } catch (error) {
    if (error instanceof RangeError) return "too-deep";
    throw error;
  }
}

function convert(node: Node, text: string, lines: readonly number[], problems: SettingProblem[]): Setting {
  const at = positionOf(node.offset, lines);
  if (node.type === "array") {
    return { kind: "list", at, items: (node.children ?? []).map((item) => convert(item, text, lines, problems)) };
  }
  if (node.type !== "object") return { kind: "scalar", at, text: scalarText(node, text) };
  const entries: SettingEntry[] = [];
  const seen = new Set<string>();
  for (const { children: [name, value] = [] } of node.children ?? []) {
    if (name === undefined || value === undefined) continue;
    const key = String(name.value);
    const keyAt = positionOf(name.offset, lines);
    if (seen.has(key)) problems.push({ at: keyAt, text: `the key "${key}" is there twice; keep one` });
    seen.add(key);
    entries.push({ key, keyAt, value: convert(value, text, lines, problems) });
  }
  return { kind: "map", at, entries };
}

function scalarText(node: Node, text: string): string {
  if (node.type === "null") return "";
  return node.type === "string" ? String(node.value) : text.slice(node.offset, node.offset + node.length);
}

function explain(error: number): string {
  const words = printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return `this is not JSON: ${words}`;
}

function lineStarts(text: string): readonly number[] {
  return [0, ...Array.from(text.matchAll(/\n/g), (match) => match.index + 1)];
}

function positionOf(offset: number, lines: readonly number[]): Position {
  const next = lines.findIndex((start) => start > offset);
  const line = next === -1 ? lines.length : next;
  return { line, column: offset - (lines[line - 1] ?? 0) + 1 };
}
