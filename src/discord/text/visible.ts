import { stripVTControlCharacters } from "node:util";

/**
 * The text as it is read: without what is not seen, or reorders what is (control characters, colours of a terminal,
 * zero-width characters, those that turn the writing direction). Lines end with `\n`.
 */
export function visible(text: string): string {
  const lines = text.replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n");
  return stripVTControlCharacters(lines)
    .replaceAll("\t", "    ")
    .replace(/(?!\n|\ufe0e|\ufe0f)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu, "")
    .toWellFormed();
}
