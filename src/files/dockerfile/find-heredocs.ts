import type { MappedText } from "./mapped-text.ts";
import { splitFlags } from "./split-flags.ts";
import { splitWords, unquoteWord } from "./split-words.ts";

export interface Heredoc {
  readonly name: string;
  /** `<<-`: tabs in front of the last line do not count. */
  readonly ignoresTabs: boolean;
}

/** The heredocs an instruction opens, in order. Only words of their own open one: `<<EOF`, `3<<-"EOF"`. */
export function findHeredocs(keyword: string, rest: MappedText): readonly Heredoc[] {
  if (!rest.text.includes("<<")) return [];
  const inner = keyword === "ONBUILD" ? /^\s*(\S+)/.exec(rest.text)?.[1]?.toUpperCase() : keyword;
  if (inner !== "RUN" && inner !== "COPY" && inner !== "ADD") return [];
  if (isJsonList(splitFlags(rest).rest.text)) return [];
  const { words, hasOpenQuote } = splitWords(rest, "\\");
  return hasOpenQuote ? [] : words.flatMap(readHeredoc);
}

function readHeredoc(word: MappedText): readonly Heredoc[] {
  const match = /^\d*<<(-?)([^<]+)$/.exec(word.text);
  if (match === null) return [];
  const [whole, dash = "", rest = ""] = match;
  const start = whole.length - rest.length;
  const name = unquoteWord({ text: rest, offsets: word.offsets.slice(start) }, "\\").text;
  return [{ name, ignoresTabs: dash === "-" }];
}

function isJsonList(text: string): boolean {
  if (!text.trimStart().startsWith("[")) return false;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === "string");
  } catch {
    // Not JSON: BuildKit takes it for a shell command too.
    return false;
  }
}
