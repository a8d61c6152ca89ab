import type { ChosenProposal } from "../updates/apply-proposals.ts";
import { type Cell, layoutTable } from "./layout-table.ts";
import { printable } from "./printable.ts";
import { shortImage, shortVersion } from "./short-image.ts";
import type { Terminal } from "./terminal.ts";

/** What was written, by file. */
export function renderApplied(
  chosen: readonly ChosenProposal[],
  commit: string | undefined,
  terminal: Terminal,
): readonly string[] {
  if (chosen.length === 0) return ["nothing to write"];
  const rows = chosen.map(({ reference: { found }, proposed: { proposal } }): readonly Cell[] => [
    { text: `  ${printable(found.name)}` },
    { text: shortImage(found.image), format: "dim" },
    { text: "->", format: "dim" },
    { text: shortVersion(proposal.to), format: "green" },
    { text: proposal.size },
  ]);
  const table = layoutTable(rows, terminal);
  const lines: string[] = [];
  for (const [index, { reference }] of chosen.entries()) {
    const { file } = reference.found;
    if (file !== chosen[index - 1]?.reference.found.file) lines.push(terminal.style("bold", printable(file)));
    lines.push(table[index] ?? "");
  }
  const files = new Set(chosen.flatMap(({ proposed }) => proposed.edits.map(({ place }) => place.file))).size;
  const outcome = commit === undefined ? "written" : `committed as ${commit.slice(0, 8)}`;
  return [...lines, "", `${count(chosen.length, "image")} in ${count(files, "file")} ${outcome}`];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
