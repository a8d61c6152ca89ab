import { sizes } from "../images/size.ts";
import { formatDuration } from "../policy/duration.ts";
import type { Policy } from "../policy/policy.ts";
import type { ImageDescription } from "../registries/registry.ts";
import type { ReferenceWithEdits } from "../updates/plan-reference-edits.ts";
import type { LedgerEntry } from "../updates/verdict.ts";
import { referenceId } from "../updates/target-id.ts";
import { type Cell, layoutTable, wrapText } from "./layout-table.ts";
import { printable } from "./printable.ts";
import type { Format, Terminal } from "./terminal.ts";

/** What a proposed image says of itself. */
export interface ImageNews extends ImageDescription {
  readonly tag: string;
}

export interface WhyBackground {
  readonly news: readonly ImageNews[];
  readonly family: string | undefined;
}

const listedTags = 15;
const verdictFormats = { update: "green", current: "green", held: "yellow", skipped: "dim", unknown: "red" } as const;
const outcomeFormats: Readonly<Record<string, Format>> = { push: "green", prompt: "yellow", notify: "cyan" };

/** Everything that led to a verdict. */
export function renderWhy(
  reference: ReferenceWithEdits,
  background: WhyBackground,
  terminal: Terminal,
): readonly string[] {
  return [
    ...describeReference(reference, background, terminal),
    "",
    ...describeVerdict(reference, background, terminal),
    ...describeLedger(reference.verdict.ledger, terminal),
  ];
}

function describeReference(
  { found, policy }: ReferenceWithEdits,
  { family }: WhyBackground,
  { columns, style }: Terminal,
): readonly string[] {
  const fields: readonly (readonly [name: string, value: string | undefined])[] = [
    ["place", `${found.file}, line ${found.line}`],
    ["image", found.image],
    ["written", found.written === found.image ? undefined : found.written],
    ["policy", policy === undefined ? "none that could be followed" : describePolicy(policy)],
    ["family", family],
  ];
  const lines = fields.flatMap(([name, value]) => {
    if (value === undefined) return [];
    const [first = "", ...others] = wrapText(printable(value), columns === undefined ? undefined : columns - 11);
    return [`  ${style("dim", name.padEnd(9))}${first}`, ...others.map((line) => `${" ".repeat(11)}${line}`)];
  });
  return [style("bold", printable(referenceId(found))), ...lines];
}

function describeVerdict(
  { found, verdict, warnings, proposed }: ReferenceWithEdits,
  { news }: WhyBackground,
  { columns, style }: Terminal,
): readonly string[] {
  const lines = [style(["bold", verdictFormats[verdict.kind]], verdict.kind)];
  for (const { proposal, edits } of proposed) {
    const strategy = style(outcomeFormats[proposal.strategy] ?? "bold", proposal.strategy);
    lines.push(`  ${strategy} ${printable(proposal.to)} (${proposal.size})`);
    for (const { place } of edits)
      if (place.file !== found.file || place.line !== found.line)
        lines.push(style("dim", `    written in ${printable(place.file)}, line ${place.line}`));
    const image = describeImage(news.find(({ tag }) => tag === proposal.tag));
    if (image !== undefined) lines.push(style("dim", `    ${printable(image)}`));
  }
  const texts = [...verdict.reasons, ...warnings].map(({ code, text }) => `${text} (${code})`);
  const width = columns === undefined ? undefined : columns - 2;
  return [...lines, ...texts.flatMap((text) => wrapText(printable(text), width)).map((line) => `  ${line}`)];
}

function describePolicy(policy: Policy): string {
  if (policy.skip) return "skip";
  const strategies = sizes.map((size) => `${size} ${policy.strategy[size]}`).join(", ");
  const { sync, ageSeconds, allow, ignore, window, pin, platform } = policy;
  return [
    `bump ${policy.bump}`,
    strategies,
    ...(sync === undefined ? [] : [`sync ${sync.group} (${sync.role} ${sync.id})`]),
    ...(ageSeconds === undefined ? [] : [`age ${formatDuration(ageSeconds)}`]),
    ...(allow.length === 0 ? [] : [`allow ${allow.map(({ text }) => text).join(" ")}`]),
    ...(ignore.length === 0 ? [] : [`ignore ${ignore.map(({ text }) => text).join(" ")}`]),
    ...(window.length === 0 ? [] : [`window ${window.map(({ text }) => text).join(", ")}`]),
    ...(pin ? [] : ["no pin"]),
    ...(platform === undefined ? [] : [`platform ${platform}`]),
  ].join("; ");
}

function describeImage(news: ImageNews | undefined): string | undefined {
  const created = news?.createdAt?.toISOString().slice(0, 10);
  const source = news?.labels["org.opencontainers.image.source"] ?? news?.labels["org.opencontainers.image.url"];
  const parts = [created === undefined ? undefined : `created ${created}`, source].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(", ");
}

function describeLedger(ledger: readonly LedgerEntry[], { columns, style }: Terminal): readonly string[] {
  if (ledger.length === 0) return [];
  const rows = ledger
    .slice(0, listedTags)
    .map(({ tag, size, outcome, text, digest }): readonly Cell[] => [
      { text: `  ${printable(tag)}` },
      { text: size },
      { text: digest?.replace(/^.*:/, "").slice(0, 8) ?? "", format: "dim" },
      { text: outcome, format: outcomeFormats[outcome] ?? "dim" },
      { text: printable(text), format: "dim" },
    ]);
  const more = ledger.length - rows.length;
  return [
    "",
    "candidates, highest first",
    ...layoutTable(rows, { columns, style }, [4]),
    ...(more > 0 ? [`  and ${more} lower ones`] : []),
  ];
}
