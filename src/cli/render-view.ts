// How the answer of an operation looks in a terminal. Text from outside is made harmless here, and nowhere before.
import type { Tone, View, ViewCell, ViewPart } from "../operations/view.ts";
import { textWidth } from "../text-width.ts";
import { formatCommand } from "./format-command.ts";
import { formatClock, formatTime } from "./format-time.ts";
import { type Cell, layoutWrappingTable, wrapText } from "./layout-table.ts";
import { printable } from "./printable.ts";
import type { Format, Terminal } from "./terminal.ts";

export interface ViewStyle {
  /** What times are relative to. */
  readonly nowMs: number;
  /** undefined: tables have their heads. */
  readonly isHeadless?: boolean;
  /** A table that was shown before, which this one goes on: its columns are as wide at least. */
  readonly above?: Table | undefined;
}

export type Table = Extract<ViewPart, { type: "table" }>;
type Choice = Extract<ViewPart, { type: "choice" }>;

const toneFormats: Readonly<Record<Tone, Format>> = { good: "green", warning: "yellow", bad: "red", quiet: "dim" };
const shortestName = 7;

/** Sections are set apart by an empty line, and what belongs to a heading is indented. */
export function renderView(view: View, terminal: Terminal, style: ViewStyle): readonly string[] {
  const lines: string[] = [];
  let indent = "";
  for (const [index, part] of view.entries()) {
    const previous = view[index - 1];
    if (part.type === "choice" && previous?.type === "choice" && differsInLast(part, previous)) continue;
    const isHeading = part.type === "text" && part.heading === true;
    if (isHeading) indent = "";
    if (lines.length > 0 && isSetApart(part, previous)) lines.push("");
    const width = terminal.columns === undefined ? undefined : Math.max(20, terminal.columns - indent.length);
    const rendered = renderPart(part, view.slice(index), { ...terminal, columns: width }, style);
    lines.push(...rendered.map((line) => (line === "" ? line : `${indent}${line}`)));
    if (isHeading) indent = "  ";
  }
  return lines;
}

/** A table beside other things, and the first of several choices, need air; a line of text does not. */
function isSetApart(part: ViewPart, previous: ViewPart | undefined): boolean {
  if (part.type === "text") return part.heading === true || previous?.type === "table";
  if (previous?.type === "text" && previous.heading === true) return false;
  if (part.type === "choice") return previous?.type !== "choice";
  return part.type === "table" || previous?.type === "table";
}

/** `rest` begins with the part. */
function renderPart(part: ViewPart, rest: View, terminal: Terminal, style: ViewStyle): readonly string[] {
  const { columns } = terminal;
  switch (part.type) {
    case "text": {
      const tone = part.tone === undefined ? [] : [toneFormats[part.tone]].flat();
      const formats = part.heading === true ? [...tone, "bold" as const] : tone;
      return wrapLines(part.text, columns).map((line) => (formats.length === 0 ? line : terminal.style(formats, line)));
    }
    case "fields":
      return renderFields(part.fields, terminal, style);
    case "table":
      return renderTable(part, terminal, style);
    case "code":
      return part.text.split("\n").map((line) => `  ${printable(line)}`);
    case "log":
      return part.lines.map(printable);
    case "link":
      return [`${printable(part.text)}: ${printable(part.url)}`];
    case "choice":
      return renderChoice(part, rest, terminal);
  }
}

function renderFields(
  fields: Extract<ViewPart, { type: "fields" }>["fields"],
  { columns, style }: Terminal,
  viewStyle: ViewStyle,
): readonly string[] {
  const nameWidth = Math.max(shortestName, ...fields.map(({ name }) => textWidth(name))) + 2;
  return fields.flatMap(({ name, value }) => {
    const { text, format } = toCell(value, viewStyle);
    const paint = (line: string) => (format === undefined ? line : style(format, line));
    const width = columns === undefined ? undefined : columns - nameWidth;
    const [first = "", ...others] = wrapText(text, width);
    const head = `${style("dim", printable(name).padEnd(nameWidth))}${paint(first)}`;
    return [head, ...others.map((line) => `${" ".repeat(nameWidth)}${paint(line)}`)];
  });
}

/** Where a table is too wide its last column, which explains, goes on below itself; then the others are cut, times last. */
function renderTable(table: Table, terminal: Terminal, style: ViewStyle): readonly string[] {
  const body = cellsOf(table, style);
  const rows = style.isHeadless === true ? body : [headOf(table), ...body];
  const yielding = table.columns.slice(0, -1).flatMap((_, column) => (hasTimes(table, column) ? [] : [column]));
  if (style.above === undefined) return layoutWrappingTable(rows, terminal, yielding);
  const above = [headOf(style.above), ...cellsOf(style.above, style)];
  return layoutWrappingTable([widestOf(above), ...rows], terminal, yielding).slice(1);
}

function hasTimes({ rows }: Table, column: number): boolean {
  return rows.some(({ [column]: cell }) => typeof cell === "object" && "atMs" in cell);
}

function headOf({ columns }: Table): readonly Cell[] {
  return columns.map((text) => ({ text: printable(text), format: "dim" }));
}

function cellsOf({ rows }: Table, style: ViewStyle): readonly (readonly Cell[])[] {
  return rows.map((row) => row.map((cell) => toCell(cell, style)));
}

/** A row of one line that makes columns as wide as all of these do. */
function widestOf(rows: readonly (readonly Cell[])[]): readonly Cell[] {
  const [first = []] = rows;
  return first.map((_, column) => {
    const widest = Math.max(...rows.map((row) => textWidth(row[column]?.text ?? "")));
    return { text: column === first.length - 1 ? "" : "x".repeat(widest) };
  });
}

function toCell(cell: ViewCell, { nowMs }: ViewStyle): Cell {
  if (typeof cell === "string") return { text: printable(cell) };
  if ("atMs" in cell)
    return { text: cell.exact === true ? formatClock(cell.atMs, nowMs) : formatTime(cell.atMs, nowMs) };
  return { text: printable(cell.text), format: toneFormats[cell.tone] };
}

/** Choices that differ only in their last argument are one line: `talos update answer web push|defer|ignore`. */
function renderChoice(choice: Choice, rest: View, { style }: Terminal): readonly string[] {
  const alike: Choice[] = [];
  for (const part of rest) {
    if (part.type !== "choice" || !differsInLast(part, choice)) break;
    alike.push(part);
  }
  const command = formatCommand(choice.operation, choice.arguments);
  if (alike.length > 1) {
    const others = alike.slice(1).map((other) => `|${String(Object.values(other.arguments).at(-1))}`);
    return [style("cyan", printable(`${command}${others.join("")}`))];
  }
  const isNamed = Object.values(choice.arguments).includes(choice.text);
  return [`${isNamed ? "" : `${printable(choice.text)}: `}${style("cyan", printable(command))}`];
}

function differsInLast(one: Choice, other: Choice): boolean {
  const [first, second] = [one, other].map((choice) => Object.entries(choice.arguments).slice(0, -1));
  return one.operation === other.operation && first?.length !== 0 && JSON.stringify(first) === JSON.stringify(second);
}

/** Keeps the blanks that a line begins with for what it is wrapped into. */
function wrapLines(text: string, columns: number | undefined): readonly string[] {
  return text.split("\n").flatMap((line) => {
    const [indent = ""] = /^ */.exec(line) ?? [];
    const width = columns === undefined ? undefined : columns - indent.length;
    return wrapText(printable(line.slice(indent.length)), width).map((one) => `${indent}${one}`);
  });
}
