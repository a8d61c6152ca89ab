/** Control characters, what turns the direction of the text around it, and what cannot be seen. */
const unseen = /(?![\t\n])\p{Cc}|\p{Bidi_Control}|[\u200b\u2028\u2029\u2060\ufeff]/gu;

/** Names from outside as they are, but for characters that make them look like others: those are named. */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) => `\u2039${character.codePointAt(0)?.toString(16).padStart(4, "0")}\u203a`);
}
