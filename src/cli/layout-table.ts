import { textWidth } from "../text-width.ts";
import type { Format, Terminal } from "./terminal.ts";

export interface Cell {
  readonly text: string;
  readonly format?: Format;
}

const gap = 2;
const narrowest = 8;
/** Of a column that goes on below itself. */
const narrowestText = 24;

/**
 * Rows as lines, their columns aligned. Where they are wider than the terminal the widest of the columns in `yielding`
 * gives way first, then any: texts are cut in the middle, where an image says the least. The last cell is never padded.
 */
export function layoutTable(
  rows: readonly (readonly Cell[])[],
  { columns, style }: Pick<Terminal, "columns" | "style">,
  yielding: readonly number[] = [],
): readonly string[] {
  const widths = fitWidths(naturalWidths(rows), columns, yielding);
  return rows.map((row) => layoutRow(row, widths, style));
}

/** The same for a last column that explains: where there is no room it goes on below itself, before others are cut. */
export function layoutWrappingTable(
  rows: readonly (readonly Cell[])[],
  terminal: Pick<Terminal, "columns" | "style">,
  yielding: readonly number[] = [],
): readonly string[] {
  const { columns, style } = terminal;
  const natural = naturalWidths(rows);
  const last = natural.length - 1;
  const lastNatural = natural[last] ?? 0;
  if (columns === undefined || totalWidth(natural) <= columns || lastNatural <= narrowestText)
    return layoutTable(rows, terminal, yielding);
  const others = natural.slice(0, last);
  const lastWidth = Math.max(narrowestText, columns - totalWidth(others) - gap);
  const widths = [...fitWidths(others, columns - lastWidth - gap, yielding), lastWidth];
  const margin = " ".repeat(totalWidth(widths) - lastWidth);
  return rows.flatMap((row) => {
    const { text, format } = row[last] ?? { text: "" };
    const [first = "", ...more] = wrapText(text, lastWidth).map((line) =>
      format === undefined || line === "" ? line : style(format, line),
    );
    return [
      layoutRow([...row.slice(0, last), { text: first }], [...widths.slice(0, last), Infinity], style),
      ...more.map((line) => `${margin}${line}`),
    ];
  });
}

function layoutRow(row: readonly Cell[], widths: readonly number[], style: Terminal["style"]): string {
  const cells = row.map(({ text, format }, index) => {
    const cut = cutMiddle(text, widths[index] ?? 0);
    const padding = " ".repeat(index === row.length - 1 ? 0 : (widths[index] ?? 0) + gap - textWidth(cut));
    return (format === undefined ? cut : style(format, cut)) + padding;
  });
  return cells.join("").trimEnd();
}

/** Breaks a text at blanks into lines of at most `width`; longer words stay whole. */
export function wrapText(text: string, width: number | undefined): readonly string[] {
  if (width === undefined) return [text];
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(last) + 1 + textWidth(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export function cutMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const characters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  const head: string[] = [];
  const tail: string[] = [];
  let room = width - 1;
  while (room > 0 && characters.length > 0) {
    const isHead = head.length <= tail.length;
    const next = (isHead ? characters.shift() : characters.pop()) ?? "";
    room -= textWidth(next);
    if (room < 0) break;
    if (isHead) head.push(next);
    else tail.unshift(next);
  }
  return `${head.join("")}…${tail.join("")}`;
}

function naturalWidths(rows: readonly (readonly Cell[])[]): readonly number[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, { text }] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, textWidth(text));
  return widths;
}

/** Whether the rows are wider than the terminal when nothing is cut. */
export function isTooWide(rows: readonly (readonly Cell[])[], columns: number | undefined): boolean {
  return columns !== undefined && totalWidth(naturalWidths(rows)) > columns;
}

function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, one) => sum + one + gap, -gap);
}

function fitWidths(
  natural: readonly number[],
  width: number | undefined,
  yielding: readonly number[],
): readonly number[] {
  if (width === undefined) return natural;
  const widths = [...natural];
  const widestOf = (columns: readonly number[]) =>
    columns.reduce((widest, one) => ((widths[one] ?? 0) > (widths[widest] ?? 0) ? one : widest), columns[0] ?? 0);
  while (totalWidth(widths) > width) {
    const first = widestOf(yielding);
    const widest = (widths[first] ?? 0) > narrowest && yielding.length > 0 ? first : widestOf([...widths.keys()]);
    const current = widths[widest] ?? 0;
    if (current <= narrowest) break;
    widths[widest] = current - 1;
  }
  return widths;
}
