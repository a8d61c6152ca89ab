import type { Scalar } from "yaml";
import type { LineIndex } from "../line-index.ts";
import type { PlacedText } from "../placed-text.ts";
import { scalarText } from "./scalar-text.ts";

/** Where a scalar stands, and in which file. `owner` is the anchor or variable behind it. */
export interface ScalarHome {
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly owner: string | undefined;
}

/** The text of a scalar with its place: quotes, block headers and the line end of a block are not part of it. */
export function placeScalar(scalar: Scalar, { file, text, lines, owner }: ScalarHome): PlacedText {
  const value = scalarText(scalar);
  const { start, end } = contentRange(scalar, text, value);
  const noted = text.slice(start, end);
  return {
    text: value,
    file,
    lines,
    start,
    end,
    isVerbatim: noted === value,
    noted,
    notation: notationOf(scalar),
    owner,
  };
}

function contentRange(scalar: Scalar, text: string, value: string): { readonly start: number; readonly end: number } {
  const [start, end] = scalar.range ?? [0, 0];
  const { type } = scalar;
  if (type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE") return { start: start + 1, end: end - 1 };
  const isBlock = type === "BLOCK_FOLDED" || type === "BLOCK_LITERAL";
  return isBlock ? blockRange(text.slice(start, end), start, value.trim()) : { start, end };
}

/** Of a block scalar of one line, that line; of a longer one, everything below its header. */
function blockRange(block: string, start: number, content: string): { readonly start: number; readonly end: number } {
  const header = block.indexOf("\n") + 1;
  const at = content === "" ? -1 : block.indexOf(content, header);
  if (at === -1) return { start: start + header, end: start + block.trimEnd().length };
  return { start: start + at, end: start + at + content.length };
}

function notationOf(scalar: Scalar): PlacedText["notation"] {
  if (scalar.type === "QUOTE_DOUBLE") return "double-quoted";
  return scalar.type === "QUOTE_SINGLE" ? "single-quoted" : "verbatim";
}
