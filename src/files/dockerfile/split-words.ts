import { type MappedText, sliceMapped } from "./mapped-text.ts";

export interface SplitWords {
  readonly words: readonly MappedText[];
  /** A quote is open at the end of the text. */
  readonly hasOpenQuote: boolean;
}

/** Splits at blanks outside quotes. The words keep their quotes and escapes. */
export function splitWords(text: MappedText, escape: string): SplitWords {
  const words: MappedText[] = [];
  let start: number | undefined;
  let quote = "";
  for (let index = 0; index < text.text.length; index += 1) {
    const character = text.text.charAt(index);
    if (quote === "" && /\s/.test(character)) {
      if (start !== undefined) words.push(sliceMapped(text, start, index));
      start = undefined;
      continue;
    }
    start ??= index;
    if (character === escape && quote !== "'") index += 1;
    else if (quote === character) quote = "";
    else if (quote === "" && (character === "'" || character === '"')) quote = character;
  }
  if (start !== undefined) words.push(sliceMapped(text, start));
  return { words, hasOpenQuote: quote !== "" };
}

/** Takes quotes and escapes away. */
export function unquoteWord(word: MappedText, escape: string): MappedText {
  const kept: number[] = [];
  let quote = "";
  for (let index = 0; index < word.text.length; index += 1) {
    const character = word.text.charAt(index);
    if (quote === character) quote = "";
    else if (quote === "" && (character === "'" || character === '"')) quote = character;
    else {
      if (character === escape && quote !== "'" && index + 1 < word.text.length) index += 1;
      kept.push(index);
    }
  }
  return {
    text: kept.map((index) => word.text.charAt(index)).join(""),
    offsets: kept.flatMap((index) => word.offsets.slice(index, index + 1)),
  };
}
