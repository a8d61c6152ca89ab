/** The first character of an image text that the grammar does not allow there, and the sentence about it. */
export interface ReferenceFault {
  readonly index: number;
  readonly text: string;
}

/** `index` counts in `part`, which begins at `start` of the whole text. */
export function wrongCharacter(part: string, index: number, advice: string, start = 0): ReferenceFault {
  const point = part.codePointAt(index);
  const shown = point === undefined ? "The end" : nameOfCharacter(String.fromCodePoint(point));
  return { index: start + index, text: `${shown} at position ${start + index + 1} is wrong: ${advice}.` };
}

function nameOfCharacter(character: string): string {
  if (character === " ") return "A blank";
  if (character === "\t") return "A tab";
  if (character === "\n" || character === "\r") return "A line break";
  return /[\p{C}\p{Z}]/u.test(character)
    ? `The character U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`
    : `"${character}"`;
}
