import { eastAsianWidth } from "get-east-asian-width";

let segmenter: Intl.Segmenter | undefined;

/**
 * The columns a text takes in a terminal. Most texts are ASCII; what the others need of the runtime's Unicode tables takes
 * 25 ms to load (as string-width does at once), as long as the runtime itself.
 */
export function textWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  segmenter ??= new Intl.Segmenter();
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += graphemeWidth(segment);
  return width;
}

/** Two at the most: what is joined, an emoji of several or a syllable, has the room of one. */
function graphemeWidth(grapheme: string): number {
  if (grapheme.includes("\uFE0F")) return 2;
  let width = 0;
  for (const character of grapheme) if (!isInvisible(character)) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  return Math.min(2, width);
}

function isInvisible(character: string): boolean {
  return /[\p{Default_Ignorable_Code_Point}\p{Control}\p{Format}\p{Nonspacing_Mark}\p{Enclosing_Mark}]/u.test(
    character,
  );
}
