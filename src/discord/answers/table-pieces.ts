import type { ViewCell, ViewPart } from "../../operations/view.ts";
import { textWidth } from "../../text-width.ts";
import { bold, join, lines, small } from "../text/markdown.ts";
import { plain } from "../text/plain.ts";
import { visible } from "../text/visible.ts";
import { cellInCode, cellText, isTime, toneSign } from "./format-cell.ts";
import type { Piece } from "./piece.ts";

type Table = Extract<ViewPart, { type: "table" }>;

/** What a phone shows of code without wrapping its lines, about. */
const columnsOfPhone = 56;
const rowsOfPiece = 20;
const gap = "  ";
/** A text that explains has a line of its own from this many characters on. */
const longCell = 40;
const longestCell = 1000;

/** Aligned in code where it is narrow enough for a phone, with its head above each piece; otherwise lines for each row. */
export function tablePieces(table: Table, nowMs: number): readonly Piece[] {
  const { columns, rows } = withoutEmptyColumns(table);
  const cells = rows.map((row) => row.map((cell) => visible(cellInCode(cell, nowMs))));
  const widths = columns.map((name, column) =>
    Math.max(textWidth(name), ...cells.map((row) => textWidth(row[column] ?? ""))),
  );
  const width = widths.reduce((sum, one) => sum + one, gap.length * (columns.length - 1));
  if (width > columnsOfPhone) return [describeColumns(columns, rows), ...rows.map((row) => rowPiece(row, columns))];
  const [head = "", ...body] = [columns.map(visible), ...cells].map((row) => alignRow(row, widths));
  return chunk(body).map((some) => ({ block: { code: [head, ...some].join("\n") } }));
}

function withoutEmptyColumns({ columns, rows }: Table): Table {
  const used = columns.map((_, column) => rows.some(({ [column]: cell = "" }) => cell !== ""));
  return {
    type: "table",
    columns: columns.filter((_, column) => used[column]),
    rows: rows.map((row) => columns.map((_, column) => row[column] ?? "").filter((_, column) => used[column])),
  };
}

function alignRow(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((text, column) => text + " ".repeat(Math.max(0, (widths[column] ?? 0) - textWidth(text))))
    .join(gap)
    .trimEnd();
}

/** In the order of the rows: times come last. */
function describeColumns(columns: readonly string[], rows: Table["rows"]): Piece {
  const hasTimes = (column: number) => rows.some(({ [column]: cell = "" }) => isTime(cell));
  const texts = columns.filter((_, column) => !hasTimes(column));
  const times = columns.filter((_, column) => hasTimes(column));
  return { block: small(join([...texts, ...times], " · ")), heading: "columns" };
}

/** **name** · what is short · when, and below it what explains. */
function rowPiece(row: readonly ViewCell[], columns: readonly string[]): Piece {
  const [name = "", ...others] = row.flatMap((cell, column) =>
    isTime(cell) ? [] : [describeCell(cell, columns[column])],
  );
  const isLong = (text: string) => text.length > longCell;
  const times = row.filter(isTime).map(({ atMs }) => cellText({ atMs }));
  const short = others.filter((text) => !isLong(text));
  const long = others.filter(isLong).map((text) => small(plain(text, longestCell)));
  return { block: lines(join([bold(plain(name, longCell * 2)), ...short, ...times], " · "), ...long), isRow: true };
}

/** A number says of what: `3 tries`. */
function describeCell(cell: Exclude<ViewCell, { atMs: number }>, column = ""): string {
  const text = typeof cell === "string" ? cell : `${toneSign(cell.tone)}${cell.text}`;
  return /^\d+$/.test(text) ? `${text} ${column}` : text;
}

function chunk(all: readonly string[]): readonly (readonly string[])[] {
  const pieces = Math.ceil(all.length / rowsOfPiece);
  return Array.from({ length: pieces }, (_, index) => all.slice(index * rowsOfPiece, (index + 1) * rowsOfPiece));
}
