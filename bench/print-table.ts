import type { Rows } from "./measure-row.ts";

/** Prints what was measured in one scene, each time also as a multiple of the first row's. */
export function printTable(title: string, rows: Rows): void {
  const yardstick = rows[0]?.measured.seconds ?? Number.NaN;
  const lines = rows.map(({ name, measured: { seconds, totals, memoryMegabytes } }) => [
    name,
    `${seconds.toFixed(2)} s`,
    `${(seconds / yardstick).toFixed(2)} ×`,
    totals === undefined ? "" : String(totals.requests),
    totals === undefined ? "" : `${totals.head} + ${totals.get}`,
    totals === undefined ? "" : String(totals.connections),
    memoryMegabytes === undefined ? "" : `${memoryMegabytes.toFixed(0)} MB`,
  ]);
  const table = [["", "time", "ratio", "requests", "HEAD + GET", "connections", "memory"], ...lines];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? [];
  console.log(`\n${title}`);
  for (const line of table)
    console.log(
      line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
    );
}
