import { emptyText, type MappedText, sliceMapped } from "./mapped-text.ts";
import { splitWords, unquoteWord } from "./split-words.ts";

export interface Flag {
  /** `--from` */
  readonly name: string;
  readonly value: MappedText;
}

export interface SplitFlags {
  readonly flags: readonly Flag[];
  /** What follows the flags. */
  readonly rest: MappedText;
}

/** Flags stand in front, as `--name=value`; their escape is the backslash whatever the file's is. */
export function splitFlags(text: MappedText): SplitFlags {
  const { words } = splitWords(text, "\\");
  const end = words.findIndex((word) => !word.text.startsWith("--") || word.text === "--");
  const flagWords = end === -1 ? words : words.slice(0, end);
  const next = end === -1 ? undefined : words[words[end]?.text === "--" ? end + 1 : end];
  const restStart = next === undefined ? text.text.length : text.offsets.indexOf(next.offsets[0] ?? -1);
  return { flags: flagWords.map(readFlag), rest: next === undefined ? emptyText : sliceMapped(text, restStart) };
}

function readFlag(word: MappedText): Flag {
  const bare = unquoteWord(word, "\\");
  const equals = bare.text.indexOf("=");
  if (equals === -1) return { name: bare.text, value: emptyText };
  return { name: bare.text.slice(0, equals), value: sliceMapped(bare, equals + 1) };
}
