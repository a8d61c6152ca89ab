/**
 * A text put together from pieces of a file (continued lines, words without their quotes): `offsets[i]` is where its
 * character `i` stands in the file.
 */
export interface MappedText {
  readonly text: string;
  readonly offsets: readonly number[];
}

export const emptyText: MappedText = { text: "", offsets: [] };

/** The range `[start, end)` of a file's text. */
export function mapRange(source: string, start: number, end: number): MappedText {
  return { text: source.slice(start, end), offsets: Array.from({ length: end - start }, (_, index) => start + index) };
}

export function sliceMapped({ text, offsets }: MappedText, start: number, end = text.length): MappedText {
  return { text: text.slice(start, end), offsets: offsets.slice(start, end) };
}

export function joinMapped(parts: readonly MappedText[]): MappedText {
  return { text: parts.map((part) => part.text).join(""), offsets: parts.flatMap((part) => part.offsets) };
}
