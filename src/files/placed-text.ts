import type { ImageSegment } from "./found-reference.ts";
import type { LineIndex } from "./line-index.ts";

/**
 * A text and where a file holds it, `[start, end)` without quotes. Where the file notes it character by character, any
 * part of it can be placed; where escapes or folded lines stand between (`isVerbatim` is false), only the whole can.
 */
export interface PlacedText {
  readonly text: string;
  readonly file: string;
  readonly lines: LineIndex;
  readonly start: number;
  readonly end: number;
  readonly isVerbatim: boolean;
  /** The text as the file notes it. */
  readonly noted: string;
  readonly notation: ImageSegment["place"]["notation"];
  readonly owner: string | undefined;
}

/** The whole text as one segment. */
export function wholeSegment(placed: PlacedText): ImageSegment {
  const { text, file, start, end, notation, owner, noted } = placed;
  const place = { file, line: placed.lines.lineAt(start), start, end, notation, owner };
  return placed.isVerbatim ? { text, place } : { text, place, noted };
}

/** The part `[from, to)` of a text that is noted character by character. */
export function segmentOf(placed: PlacedText, from: number, to: number): ImageSegment {
  const start = placed.start + from;
  const part = { ...placed, text: placed.text.slice(from, to), start, end: placed.start + to };
  return wholeSegment(part);
}
