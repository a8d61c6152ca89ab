import { withoutDigest } from "../images/short-image.ts";
import { plural } from "../operations/plural.ts";
import { summarisePlan } from "../operations/updates/summarise-plan.ts";
import type { PlanDocument, PlannedReference } from "../updates/plan-document.ts";
import { type Cell, isTooWide, layoutTable, wrapText } from "./layout-table.ts";
import { printable } from "./printable.ts";
import { shortImage, shortVersion } from "./short-image.ts";
import type { Format, Terminal } from "./terminal.ts";

const verdictFormats: Readonly<Record<PlannedReference["verdict"], Format>> = {
  update: "green",
  current: "dim",
  held: "yellow",
  skipped: "dim",
  unknown: "red",
};
/** Reasons that say why nothing else is proposed, and not why something waits. */
const settledCodes = ["no-newer-tag", "digest-same", "above-bump", "ignored-tag", "strategy-skip"];
/** Name, current and newest: what is cut says enough beside the others. */
const yieldingColumns = [0, 1, 2];
const strategyFormats = { push: "green", prompt: "yellow", notify: "cyan" } as const;

/** A plan for people: what changes or needs a look, by file, and one line that sums it up. */
export function renderPlan(plan: PlanDocument, terminal: Terminal): readonly string[] {
  const isEventful = plan.references.some(({ verdict }) => verdict !== "current" && verdict !== "skipped");
  const hasNews = isEventful || plan.references.some(isMisread);
  return hasNews ? [...renderReferences(plan.references, terminal), "", summarise(plan)] : [summarise(plan)];
}

/**
 * The table of a plan: each reference below its file, with the lines that explain it. Where there is no room for the
 * names of images their tags must do.
 */
export function renderReferences(references: readonly PlannedReference[], terminal: Terminal): readonly string[] {
  const { columns, style } = terminal;
  const named = references.map((reference) => referenceRows(reference, shortImage));
  const isNarrow = isTooWide(named.flat(), columns);
  const rows = isNarrow ? references.map((reference) => referenceRows(reference, shortVersion)) : named;
  const head = ["", "current", "newest", "size", ""].map((text): Cell => ({ text, format: "dim" }));
  const [heading = "", ...lines] = layoutTable([head, ...rows.flat()], terminal, yieldingColumns);
  const output = rows.some((cells) => cells.length > 0) ? [heading] : [];
  const hasSources = new Set(references.map(({ source }) => source)).size > 1;
  let file: string | undefined;
  for (const [index, reference] of references.entries()) {
    const name = hasSources ? `${reference.source}: ${reference.file}` : reference.file;
    if (name !== file) output.push(style("bold", printable(name)));
    file = name;
    output.push(...lines.splice(0, rows[index]?.length ?? 0));
    for (const line of explain(reference, columns)) output.push(style(verdictFormats[reference.verdict], line));
  }
  return output;
}

function referenceRows(reference: PlannedReference, shorten: (image: string) => string): readonly (readonly Cell[])[] {
  const name = { text: `  ${printable(reference.name)}` };
  const current = { text: shorten(withoutDigest(reference.image)) };
  const [first, ...others] = reference.proposals.map(proposalCells);
  if (first !== undefined)
    return [[name, current, ...first], ...others.map((cells) => [{ text: "" }, { text: "" }, ...cells])];
  if (reference.pointer === "") return [];
  const { newest, verdict } = reference;
  const format = verdictFormats[verdict];
  const isQuiet = verdict === "current" || verdict === "skipped";
  return [
    [
      isQuiet ? { ...name, format } : name,
      isQuiet ? { ...current, format } : current,
      { text: newest === null ? "" : printable(newest.tag), format },
      { text: newest === null ? "" : newest.size, format },
      { text: verdict === "skipped" ? `skipped (${reference.reasons[0]?.code ?? ""})` : verdict, format },
    ],
  ];
}

function proposalCells({ to, size, strategy, group }: PlannedReference["proposals"][number]): readonly Cell[] {
  const text = group === undefined ? strategy : `${strategy} with ${printable(group)}`;
  const version = shortVersion(size === "digest" ? to : withoutDigest(to));
  return [{ text: version }, { text: size }, { text, format: strategyFormats[strategy] }];
}

/** The lines under a row: why something may not go, or could not be decided, and where it stands. */
function explain(reference: PlannedReference, columns: number | undefined): readonly string[] {
  const isNeeded = reference.verdict === "held" || reference.verdict === "unknown" || isMisread(reference);
  const place =
    reference.pointer === "" || reference.verdict === "held" || isMisread(reference) ? "" : `line ${reference.line}: `;
  const reasons = isNeeded ? reference.reasons.filter(({ code }) => !settledCodes.includes(code)) : [];
  const warnings = (reference.warnings ?? []).map(({ text }) => `note: ${text}`);
  const width = columns === undefined ? undefined : columns - 4;
  const texts = [...reasons.map(({ text }) => `${place}${text}`), ...warnings];
  return texts.flatMap((text) => wrapText(printable(text), width)).map((line) => `    ${line}`);
}

/** Left alone because its author's words were not understood. */
function isMisread({ reasons }: PlannedReference): boolean {
  return reasons.some(({ code }) => code === "policy-invalid" || code === "no-tag");
}

/** `3 updates (2 push, 1 prompt), 8 current, 1 unknown; 20 requests in 0.4 s` */
function summarise(plan: PlanDocument): string {
  const { head, get } = plan.summary.requests;
  if (plan.references.length === 0) return summarisePlan(plan);
  return `${summarisePlan(plan)}; ${plural(head + get, "request")} in ${plan.summary.seconds} s`;
}
