import { plural } from "../../operations/plural.ts";
import type { View, ViewField, ViewPart } from "../../operations/view.ts";
import { code } from "../text/code-block.ts";
import { link } from "../text/link.ts";
import { bold, type Markdown, md, small } from "../text/markdown.ts";
import { plain, plainLines } from "../text/plain.ts";
import { quote } from "../text/quote.ts";
import { cellText, toned } from "./format-cell.ts";
import type { Piece } from "./piece.ts";
import { tablePieces } from "./table-pieces.ts";

export interface ViewStyle {
  /** What failed is quoted, below the word Error. */
  readonly isError: boolean;
  readonly nowMs: number;
}

const shownCode = 1500;
const shownLines = 25;
const longestText = 1500;
const longestValue = 1000;

export function viewPieces(view: View, style: ViewStyle): readonly Piece[] {
  const parts = mergeTables(view);
  let index = -1;
  return parts.flatMap((part, place) => {
    if (part.type === "choice") {
      index += 1;
      return [{ choice: { index, part } }];
    }
    const [first, ...others] = partPieces(part, style);
    if (first === undefined) return [];
    return [isApart(part, parts[place - 1]) ? { ...first, isApart: true } : first, ...others];
  });
}

/** A table that goes on from the one before, as the events that are followed, has its columns once. */
function mergeTables(view: View): View {
  const merged: ViewPart[] = [];
  for (const part of view) {
    const last = merged.at(-1);
    if (part.type === "table" && last?.type === "table" && last.columns.join("\n") === part.columns.join("\n"))
      merged[merged.length - 1] = { ...last, rows: [...last.rows, ...part.rows] };
    else merged.push(part);
  }
  return merged;
}

/** Sections, and code beside text, have air between them. */
function isApart(part: ViewPart, previous: ViewPart | undefined): boolean {
  if (previous === undefined || part.type === "code" || part.type === "log") return false;
  if (part.type === "text") return part.heading === true || previous.type === "table";
  return part.type === "table" ? !(previous.type === "text") : previous.type === "table";
}

function partPieces(part: Exclude<ViewPart, { type: "choice" }>, style: ViewStyle): readonly Piece[] {
  switch (part.type) {
    case "text":
      return [textPiece(part, style)];
    case "fields":
      return part.fields.map((field) => ({ block: describeField(field) }));
    case "table":
      return tablePieces(part, style.nowMs);
    case "code":
      return longPieces(part.text.split("\n"), "code.txt", "first");
    case "log":
      return longPieces(part.lines, "log.txt", "last");
    case "link":
      return [{ block: link(part.text, part.url) }];
  }
}

function textPiece({ text, tone, heading }: Extract<ViewPart, { type: "text" }>, { isError }: ViewStyle): Piece {
  if (heading === true) return { block: toned(bold(text), tone === "quiet" ? undefined : tone), heading: "section" };
  const file = text.length > longestText ? { file: { name: "text.txt", text } } : {};
  const isQuoted = isError && (tone === "bad" || tone === "warning");
  if (isQuoted || text.length > longestText) return { block: quote(text, longestText), ...file };
  return { block: toned(tone === "quiet" ? text : plainLines(text), tone) };
}

/** What a person copies stands in code. */
function describeField({ name, value }: ViewField): Markdown {
  const text = cellText(value);
  const isWord = typeof text === "string" && text.length > 30 && !text.includes(" ");
  if (typeof text !== "string") return md`${bold(name)} ${text}`;
  return md`${bold(name)} ${isWord ? code(text, longestValue) : plain(text, longestValue)}`;
}

/** As much of it as is read in a chat; all of it is in a file. */
function longPieces(all: readonly string[], fileName: string, end: "first" | "last"): readonly Piece[] {
  const count = fitting(end === "first" ? all : all.toReversed());
  if (count === all.length) return [{ block: { code: all.join("\n"), fileName } }];
  const some = end === "first" ? all.slice(0, Math.max(1, count)) : all.slice(-Math.max(1, count));
  const shown = some.join("\n").slice(0, shownCode);
  const note = `the ${end} ${plural(some.length, "line")} of ${all.length}; all are in ${fileName}`;
  return [{ block: { code: shown, fileName }, file: { name: fileName, text: all.join("\n") } }, { block: small(note) }];
}

/** How many lines have room. */
function fitting(lines: readonly string[]): number {
  let length = 0;
  const first = lines.findIndex((line, index) => {
    length += line.length + 1;
    return length > shownCode || index >= shownLines;
  });
  return first === -1 ? lines.length : first;
}
