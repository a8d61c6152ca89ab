import type { ImageSegment } from "../found-reference.ts";
import type { LineIndex } from "../line-index.ts";
import type { MappedText } from "./mapped-text.ts";

/** `before`: what is known of the text in front of what is not. */
export type Expansion =
  | { readonly kind: "resolved"; readonly segments: readonly ImageSegment[] }
  | { readonly kind: "unresolved"; readonly text: string; readonly before: string };

export interface WordScope {
  readonly file: string;
  readonly lines: LineIndex;
  readonly escape: string;
  /** The ARG whose value the word is. */
  readonly owner: string | undefined;
  /** undefined: not set. */
  readonly valueOf: (name: string) => Expansion | undefined;
  /** Why a variable that is needed has no value. */
  readonly explainUnset: (name: string) => string;
}

/** No image is made of more; values that double from line to line stop here. */
const maxSegments = 64;
const maxDepth = 16;

/** Expands one word as BuildKit does: quotes, escapes, `$NAME`, `${NAME}` and `:-`, `-`, `:+`, `+`, `:?`, `?` in braces. */
export function expandWord(word: MappedText, scope: WordScope): Expansion {
  const cursor: Cursor = { word, at: 0, depth: 0 };
  return readUntil(cursor, scope, "");
}

/** The text as it stands, without looking for variables, quotes or escapes. */
export function placeWord(
  word: MappedText,
  scope: Pick<WordScope, "file" | "lines" | "owner">,
): readonly ImageSegment[] {
  const segments: ImageSegment[] = [];
  for (const [index, offset] of word.offsets.entries()) addCharacter(segments, word.text.charAt(index), offset, scope);
  return segments;
}

interface Cursor {
  readonly word: MappedText;
  at: number;
  depth: number;
}

/** Reads up to `stop`, which is passed over, also when something before it is unresolved; "" is the end of the word. */
function readUntil(cursor: Cursor, scope: WordScope, stop: "" | '"' | "}"): Expansion {
  const segments: ImageSegment[] = [];
  let failure: Expansion | undefined;
  const { text } = cursor.word;
  while (cursor.at < text.length && text.charAt(cursor.at) !== stop) {
    const part = readPart(cursor, scope, stop);
    if (part.kind === "unresolved") failure ??= { ...part, before: textOf(segments) + part.before };
    else for (const segment of part.segments) addSegment(segments, segment);
    if (segments.length > maxSegments)
      failure ??= unresolved(`More than ${maxSegments} pieces make up this text: use fewer variables.`);
    if (failure !== undefined) segments.length = 0;
  }
  const isClosed = stop === "" || cursor.at < text.length;
  cursor.at += stop.length;
  if (isClosed) return failure ?? { kind: "resolved", segments };
  return failure ?? giveUp(cursor, `is not closed: add ${stop} at its end.`);
}

function readPart(cursor: Cursor, scope: WordScope, stop: string): Expansion {
  const { text } = cursor.word;
  const character = text.charAt(cursor.at);
  if (character === "$") return readVariable(cursor, scope);
  if (character === '"' && stop !== '"') {
    cursor.at += 1;
    return readUntil(cursor, scope, '"');
  }
  if (character === "'" && stop !== '"') return readSingleQuoted(cursor, scope);
  if (character === scope.escape && cursor.at + 1 < text.length) {
    const next = text.charAt(cursor.at + 1);
    if (stop !== '"' || next === '"' || next === "$" || next === scope.escape) cursor.at += 1;
  }
  return readCharacters(cursor, scope, cursor.at + 1);
}

function readSingleQuoted(cursor: Cursor, scope: WordScope): Expansion {
  const close = cursor.word.text.indexOf("'", cursor.at + 1);
  if (close === -1) return giveUp(cursor, "is not closed: add ' at its end.");
  cursor.at += 1;
  const inner = readCharacters(cursor, scope, close);
  cursor.at = close + 1;
  return inner;
}

function readCharacters(cursor: Cursor, scope: WordScope, end: number): Expansion {
  const segments: ImageSegment[] = [];
  for (; cursor.at < end; cursor.at += 1)
    addCharacter(segments, cursor.word.text.charAt(cursor.at), cursor.word.offsets[cursor.at] ?? 0, scope);
  return { kind: "resolved", segments };
}

/** The cursor is at a dollar sign. One without a name behind it is itself. */
function readVariable(cursor: Cursor, scope: WordScope): Expansion {
  const rest = cursor.word.text.slice(cursor.at);
  const plain = /^\$(\w+)/.exec(rest);
  if (plain !== null) {
    cursor.at += plain[0].length;
    const [, name = ""] = plain;
    return scope.valueOf(name) ?? unresolved(scope.explainUnset(name));
  }
  const braced = /^\$\{(\w+)(:?[-+?])?/.exec(rest);
  if (braced === null) {
    if (rest.startsWith("${")) return giveUp(cursor, "is not understood: write ${NAME} or ${NAME:-default}.");
    return readCharacters(cursor, scope, cursor.at + 1);
  }
  const [whole, name = "", operator = ""] = braced;
  cursor.at += whole.length;
  return readBraced(cursor, scope, name, operator);
}

function readBraced(cursor: Cursor, scope: WordScope, name: string, operator: string): Expansion {
  const { text } = cursor.word;
  if (operator === "" && cursor.at < text.length && text.charAt(cursor.at) !== "}")
    return giveUp(cursor, `is more than Talos follows: write \${${name}} or \${${name}:-default}.`);
  cursor.depth += 1;
  if (cursor.depth > maxDepth) return giveUp(cursor, `nests defaults more than ${maxDepth} times: write it plainer.`);
  const word = readUntil(cursor, { ...scope, owner: name }, "}");
  cursor.depth -= 1;
  if (operator === "" && word.kind === "unresolved") return word;
  const value = scope.valueOf(name);
  const isEmpty = value?.kind === "resolved" && textOf(value.segments) === "";
  const isThere = value !== undefined && !(operator.startsWith(":") && isEmpty);
  if (operator.endsWith("+")) return isThere ? word : { kind: "resolved", segments: [] };
  if (isThere) return value;
  return operator.endsWith("-") ? word : unresolved(scope.explainUnset(name));
}

function giveUp(cursor: Cursor, why: string): Expansion {
  cursor.at = cursor.word.text.length;
  return unresolved(`\`${shortenWord(cursor.word.text)}\` ${why}`);
}

function addCharacter(
  segments: ImageSegment[],
  text: string,
  offset: number,
  { file, lines, owner }: Pick<WordScope, "file" | "lines" | "owner">,
): void {
  const last = segments.at(-1);
  const line = last?.place.end === offset ? last.place.line : lines.lineAt(offset);
  addSegment(segments, { text, place: { file, line, start: offset, end: offset + 1, notation: "verbatim", owner } });
}

/** Neighbours in the file become one segment. */
function addSegment(segments: ImageSegment[], next: ImageSegment): void {
  const last = segments.at(-1);
  if (last === undefined || last.place.end !== next.place.start || last.place.owner !== next.place.owner) {
    segments.push(next);
    return;
  }
  segments.splice(-1, 1, { text: last.text + next.text, place: { ...last.place, end: next.place.end } });
}

export function shortenWord(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

export function textOf(segments: readonly ImageSegment[]): string {
  return segments.map((segment) => segment.text).join("");
}

function unresolved(text: string): Expansion {
  return { kind: "unresolved", text, before: "" };
}
