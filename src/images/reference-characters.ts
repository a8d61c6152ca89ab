/** The first index from `from` on whose character matches; the length when none does. */
export function firstWhere(text: string, from: number, matches: (character: string) => boolean): number {
  let index = from;
  while (index < text.length && !matches(text.charAt(index))) index++;
  return index;
}

export function isDigit(character: string): boolean {
  return character >= "0" && character <= "9";
}

export function isHex(character: string): boolean {
  return isDigit(character) || (character >= "a" && character <= "f");
}

export function isLowerLetterOrDigit(character: string): boolean {
  return isDigit(character) || (character >= "a" && character <= "z");
}

export function isLetterOrDigit(character: string): boolean {
  return isLowerLetterOrDigit(character) || (character >= "A" && character <= "Z");
}
