/**
 * Text from a repository, a registry or a server as it may go to a terminal: what would move the cursor, colour, hide or
 * turn the writing direction shows as its code instead.
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}
