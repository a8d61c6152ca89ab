import type { CommentLine } from "../policy-comment.ts";
import { findHeredocs, type Heredoc } from "./find-heredocs.ts";
import { joinMapped, type MappedText, mapRange, sliceMapped } from "./mapped-text.ts";
import { type Directives, readDirectives } from "./read-directives.ts";
import { type FileLine, splitLines } from "./split-lines.ts";

export interface Instruction {
  /** In capitals: `FROM`. */
  readonly keyword: string;
  /** What follows the keyword, continued lines joined. */
  readonly rest: MappedText;
  /** Where it begins, from 1. */
  readonly line: number;
  /** The comments directly below, up to the first line that is none. */
  readonly comments: readonly CommentLine[];
}

export interface DockerfileProblem {
  readonly line: number;
  readonly text: string;
}

export interface ReadInstructions {
  readonly instructions: readonly Instruction[];
  readonly directives: Directives;
  readonly problems: readonly DockerfileProblem[];
}

/** Splits a Dockerfile as BuildKit does: comments and blank lines may stand inside continued lines, heredocs hold text. */
export function readInstructions(source: string): ReadInstructions {
  const lines = splitLines(source);
  const directives = readDirectives(source, lines);
  const problems = [...directives.problems];
  const instructions: Instruction[] = [];
  let index = 0;
  while (index < lines.length) {
    const first = lines[index];
    if (first === undefined || isBlankOrComment(first)) {
      index += 1;
      continue;
    }
    const logical = joinContinued(source, lines, index, directives.escape);
    const { keyword, rest } = splitKeyword(logical.text);
    const heredocs = skipHeredocs(findHeredocs(keyword, rest), lines, logical.nextIndex);
    if (heredocs.unclosed !== undefined)
      problems.push({ line: first.number, text: explainUnclosed(heredocs.unclosed) });
    index = heredocs.nextIndex;
    instructions.push({ keyword, rest, line: first.number, comments: commentsFrom(lines, index) });
  }
  return { instructions, directives, problems };
}

function isBlankOrComment({ content }: FileLine): boolean {
  return content === "" || content.startsWith("#");
}

interface LogicalLine {
  readonly text: MappedText;
  readonly nextIndex: number;
}

function joinContinued(source: string, lines: readonly FileLine[], from: number, escape: string): LogicalLine {
  const parts: MappedText[] = [];
  let index = from;
  for (let line = lines[index]; line !== undefined; line = lines[index]) {
    index += 1;
    const isFirst = parts.length === 0;
    if (!isFirst && isBlankOrComment(line)) continue;
    const end = continuationAt(source, line, escape);
    parts.push(mapRange(source, isFirst ? line.contentStart : line.start, end ?? line.end));
    if (end === undefined) break;
  }
  return { text: joinMapped(parts), nextIndex: index };
}

/** Where the escape character stands that continues the line. One that is escaped itself continues nothing. */
function continuationAt(source: string, line: FileLine, escape: string): number | undefined {
  let end = line.end;
  while (end > line.contentStart && (source[end - 1] === " " || source[end - 1] === "\t")) end -= 1;
  if (end === line.contentStart || source[end - 1] !== escape) return undefined;
  const isEscaped = end - 2 >= line.contentStart && source[end - 2] === escape;
  return isEscaped ? undefined : end - 1;
}

function splitKeyword(text: MappedText): { readonly keyword: string; readonly rest: MappedText } {
  const start = text.text.search(/\S/);
  const word = /^\S+/.exec(text.text.slice(Math.max(0, start)))?.[0] ?? "";
  return { keyword: word.toUpperCase(), rest: sliceMapped(text, Math.max(0, start) + word.length) };
}

function skipHeredocs(
  heredocs: readonly Heredoc[],
  lines: readonly FileLine[],
  from: number,
): { readonly nextIndex: number; readonly unclosed: string | undefined } {
  let nextIndex = from;
  for (const { name, ignoresTabs } of heredocs) {
    const isEnd = (text: string): boolean => (ignoresTabs ? text.replace(/^\t+/, "") : text) === name;
    let end = nextIndex;
    while (end < lines.length && !isEnd(lines[end]?.text ?? "")) end += 1;
    if (end === lines.length) return { nextIndex: end, unclosed: name };
    nextIndex = end + 1;
  }
  return { nextIndex, unclosed: undefined };
}

function explainUnclosed(name: string): string {
  return `The heredoc <<${name.slice(0, 40)} has no end, so the rest of the file is its text; add a line with its name alone.`;
}

function commentsFrom(lines: readonly FileLine[], from: number): readonly CommentLine[] {
  const comments: CommentLine[] = [];
  for (let index = from; lines[index]?.content.startsWith("#"); index += 1) {
    const line = lines[index];
    if (line !== undefined) comments.push({ text: line.text, line: line.number });
  }
  return comments;
}
