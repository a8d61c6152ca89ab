let segmenter: Intl.Segmenter | undefined;

/**
 * The text as `write` writes it, in `limit` UTF-16 units at most: cut between two characters as a reader sees them, with
 * `…` at its end. `write` writes character by character, and never less than it was given.
 */
export function cut(text: string, limit: number, write: (text: string) => string = (same) => same): string {
  if (text.length <= limit) {
    const whole = write(text);
    if (whole.length <= limit) return whole;
  }
  segmenter ??= new Intl.Segmenter();
  let written = "";
  for (const { segment } of segmenter.segment(text.slice(0, limit + 1))) {
    const next = written + write(segment);
    if (next.length >= limit) break;
    written = next;
  }
  return limit < 1 ? "" : `${written.trimEnd()}…`;
}
