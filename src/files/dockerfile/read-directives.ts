import type { CommentLine } from "../policy-comment.ts";
import { type MappedText, mapRange } from "./mapped-text.ts";
import type { FileLine } from "./split-lines.ts";

/** What the comments at the very top of a Dockerfile say to its reader. */
export interface Directives {
  /** A backslash, or a backtick after `# escape=`. */
  readonly escape: string;
  readonly syntax: SyntaxDirective | undefined;
  readonly problems: readonly { readonly line: number; readonly text: string }[];
}

/** `# syntax=docker/dockerfile:1`: the image that reads the file. */
interface SyntaxDirective {
  readonly image: MappedText;
  readonly line: number;
  readonly comments: readonly CommentLine[];
}

export function readDirectives(source: string, lines: readonly FileLine[]): Directives {
  const problems: { line: number; text: string }[] = [];
  let escape = "\\";
  let syntax: SyntaxDirective | undefined;
  for (const [index, line] of lines.entries()) {
    const match = /^#\s*(syntax|escape|check)\s*=\s*(\S.*)$/i.exec(line.content);
    if (match === null) break;
    const [whole, name = "", value = ""] = match;
    if (name.toLowerCase() === "escape") {
      if (/^[`\\]\s*$/.test(value)) escape = value.charAt(0);
      else
        problems.push({
          line: line.number,
          text: `escape=${value.slice(0, 20).trim()} is neither \\ nor \`; write one of them.`,
        });
    }
    if (name.toLowerCase() === "syntax" && syntax === undefined) {
      const start = line.contentStart + whole.length - value.length;
      const image = mapRange(source, start, start + (/^\S+/.exec(value)?.[0].length ?? 0));
      syntax = { image, line: line.number, comments: commentsBelow(lines, index) };
    }
  }
  return { escape, syntax, problems };
}

function commentsBelow(lines: readonly FileLine[], index: number): readonly CommentLine[] {
  const end = lines.findIndex((line, at) => at > index && !line.content.startsWith("#"));
  return lines.slice(index + 1, end === -1 ? undefined : end).map((line) => ({ text: line.text, line: line.number }));
}
