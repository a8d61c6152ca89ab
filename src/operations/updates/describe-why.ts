import { sizes } from "../../images/size.ts";
import { formatDuration } from "../../policy/duration.ts";
import type { Policy } from "../../policy/policy.ts";
import type { ReferenceWithEdits } from "../../updates/plan-reference-edits.ts";
import type { Background, ImageNews } from "../../updates/read-background.ts";
import { referenceId } from "../../updates/target-id.ts";
import type { LedgerEntry, Proposal } from "../../updates/verdict.ts";
import type { Tone, View, ViewCell, ViewPart } from "../view.ts";

const listedTags = 15;
export const verdictTones = {
  update: "good",
  current: "good",
  held: "warning",
  skipped: "quiet",
  unknown: "bad",
} as const;
const outcomeTones: Readonly<Record<string, Tone>> = { push: "good", prompt: "warning" };

/** Everything that led to a verdict. */
export function describeWhy(reference: ReferenceWithEdits, background: Background): View {
  return [
    ...describeReference(reference, background),
    ...describeVerdict(reference, background),
    ...describeLedger(reference.verdict.ledger),
  ];
}

function describeReference({ found, policy }: ReferenceWithEdits, { family }: Background): View {
  const fields: readonly (readonly [name: string, value: string | undefined])[] = [
    ["place", `${found.file}, line ${found.line}`],
    ["image", found.image],
    ["written", found.written === found.image ? undefined : found.written],
    ["policy", policy === undefined ? "none that could be followed" : describePolicy(policy)],
    ["family", family],
  ];
  return [
    { type: "text", heading: true, text: referenceId(found) },
    { type: "fields", fields: fields.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])) },
  ];
}

function describeVerdict({ found, verdict, warnings, proposed }: ReferenceWithEdits, { news }: Background): View {
  const parts: ViewPart[] = [{ type: "text", heading: true, text: verdict.kind, tone: verdictTones[verdict.kind] }];
  for (const { proposal, edits } of proposed) {
    parts.push(describeProposal(proposal));
    for (const { place } of edits)
      if (place.file !== found.file || place.line !== found.line)
        parts.push({ type: "text", tone: "quiet", text: `  written in ${place.file}, line ${place.line}` });
    const image = describeImage(news.find(({ tag }) => tag === proposal.tag));
    if (image !== undefined) parts.push({ type: "text", tone: "quiet", text: `  ${image}` });
  }
  const reasons = [...verdict.reasons, ...warnings];
  return [...parts, ...reasons.map(({ code, text }): ViewPart => ({ type: "text", text: `${text} (${code})` }))];
}

function describeProposal({ strategy, to, size }: Proposal): ViewPart {
  const tone = outcomeTones[strategy];
  return { type: "text", text: `${strategy} ${to} (${size})`, ...(tone === undefined ? {} : { tone }) };
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

function describeLedger(ledger: readonly LedgerEntry[]): View {
  if (ledger.length === 0) return [];
  const rows = ledger
    .slice(0, listedTags)
    .map(({ tag, size, outcome, text, digest }): readonly ViewCell[] => [
      tag,
      size,
      quiet(digest?.replace(/^.*:/, "").slice(0, 8) ?? ""),
      outcome === "notify" ? outcome : { text: outcome, tone: outcomeTones[outcome] ?? "quiet" },
      quiet(text),
    ]);
  const more = ledger.length - rows.length;
  return [
    { type: "text", heading: true, text: "candidates, highest first" },
    { type: "table", columns: ["tag", "size", "digest", "outcome", "why"], rows },
    ...(more > 0 ? [{ type: "text", text: `and ${more} lower ones` } as const] : []),
  ];
}

function quiet(text: string): ViewCell {
  return { text, tone: "quiet" };
}
