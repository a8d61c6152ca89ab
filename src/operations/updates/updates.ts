import { z } from "zod";
import type { PlanDocument, PlannedReference } from "../../updates/plan-document.ts";
import { optional, words } from "../argument-types.ts";
import { completeSource } from "../complete-source.ts";
import { findSources } from "../find-source.ts";
import { defineOperation } from "../operation.ts";
import type { Talos, WatchedSource } from "../talos.ts";
import type { View, ViewCell, ViewField, ViewPart } from "../view.ts";
import { quarantineRows } from "./describe-quarantine.ts";
import { describeVersions } from "./describe-update.ts";
import { verdictTones } from "./describe-why.ts";
import { type KnownTarget, knownTargets, shortestName, targetOfReference } from "./known-targets.ts";
import { offerAnswers } from "./offer-answers.ts";
import { proposalState } from "./proposal-state.ts";
import { type DeliveryState, readDeliveryState } from "./read-delivery-state.ts";
import { summarisePlan } from "./summarise-plan.ts";

export const updates = defineOperation({
  name: "updates",
  summary: "list what is newer, what is held and why, and what is asked",
  arguments: z.strictObject({ source: optional(words(), "Only this source.") }),
  positional: ["source"],
  complete: completeSource,
  access: "read",
  deadlineSeconds: 60,
  async run({ talos }, { source }) {
    const sources = findSources(talos, source);
    if (sources.length === 0) return [{ type: "text", text: "no source is configured", tone: "warning" }];
    const [state, targets] = await Promise.all([readDeliveryState(talos), knownTargets(talos)]);
    const views = await Promise.all(sources.map((one) => describeSource(one, state, targets, talos)));
    return views.flat();
  },
});

async function describeSource(
  source: WatchedSource,
  state: DeliveryState,
  targets: readonly KnownTarget[],
  talos: Talos,
): Promise<View> {
  const [record, next] = await Promise.all([source.record(), source.nextScan()]);
  const heading: ViewPart = { type: "text", heading: true, text: source.id };
  const fields: ViewField[] = [];
  const endedMs = record?.endedMs;
  if (endedMs !== undefined) fields.push({ name: "scanned", value: { atMs: endedMs } });
  if (next !== undefined)
    fields.push({ name: "next scan", value: next === "running" || next <= talos.now() ? "now" : { atMs: next } });
  const schedule: View = fields.length === 0 ? [] : [{ type: "fields", fields }];
  if (record === undefined) return [heading, { type: "text", text: "not scanned yet", tone: "warning" }, ...schedule];
  const failure: View = record.error === undefined ? [] : describeFailure(record.error, record.hint);
  const plan = record.plan === undefined ? [] : describePlan(record.plan, source.id, state);
  return [
    heading,
    ...failure,
    ...plan,
    ...describeQuarantines(source.id, state, targets),
    ...schedule,
    ...describeQuestions(source.id, state, targets),
  ];
}

function describeFailure(error: string, hint: string | undefined): View {
  const advice: View = hint === undefined ? [] : [{ type: "text", text: hint }];
  return [{ type: "text", tone: "bad", text: `the last scan failed: ${error}` }, ...advice];
}

function describePlan(plan: PlanDocument, source: string, state: DeliveryState): View {
  const going = plan.references.flatMap((reference) => updateRows(source, reference, state));
  const waiting = plan.references.filter(({ verdict }) => verdict === "held" || verdict === "unknown");
  return [
    { type: "text", text: summarisePlan(plan) },
    ...table(["update", "file", "change", "size", "state"], going),
    ...table(["not updated", "file", "verdict", "why"], waiting.map(waitingRow)),
  ];
}

function updateRows(
  source: string,
  reference: PlannedReference,
  state: DeliveryState,
): readonly (readonly ViewCell[])[] {
  const { key } = targetOfReference(source, reference);
  return reference.proposals.map((proposal) => [
    reference.name,
    reference.file,
    describeVersions({ members: [{ from: reference.image, to: proposal.to }] }),
    proposal.size,
    stateOfProposal(key, proposal, state),
  ]);
}

/** What has become of a proposal, and what its policy says where nothing has yet. */
function stateOfProposal(key: string, proposal: PlannedReference["proposals"][number], state: DeliveryState): ViewCell {
  const suffix = proposal.group === undefined ? "" : ` with ${proposal.group}`;
  switch (proposalState(key, proposal, state).kind) {
    case "dead":
      return { text: `dead letter${suffix}`, tone: "bad" };
    case "queued":
      return { text: `queued${suffix}`, tone: "good" };
    case "asked":
      return { text: `asks you${suffix}`, tone: "warning" };
    case "deferred":
      return { text: `deferred${suffix}`, tone: "warning" };
    case "proposed":
      return { text: `${proposal.strategy}${suffix}`, tone: "quiet" };
  }
}

function waitingRow({ name, file, verdict, reasons }: PlannedReference): readonly ViewCell[] {
  const why = reasons.map(({ text }) => text).join("; ");
  return [name, file, { text: verdict, tone: verdictTones[verdict] }, why];
}

function describeQuarantines(source: string, { quarantines }: DeliveryState, targets: readonly KnownTarget[]): View {
  const rows = [...quarantines.values()]
    .filter((kept) => kept.source === source)
    .flatMap(({ key, target, quarantine }) => {
      const known = targets.find((one) => one.key === key);
      const name = known === undefined ? target : shortestName(known, targets);
      return quarantineRows(quarantine).map((row) => [name, ...row]);
    });
  return table(["held back", "what", "by", "since"], rows);
}

function describeQuestions(source: string, { questions }: DeliveryState, targets: readonly KnownTarget[]): View {
  return [...questions.values()].flatMap(({ key, question }): View => {
    if (question.update.source !== source) return [];
    const target = targets.find((one) => one.key === key);
    return offerAnswers(question.update, target === undefined ? key : shortestName(target, targets));
  });
}

function table(columns: readonly string[], rows: readonly (readonly ViewCell[])[]): View {
  return rows.length === 0 ? [] : [{ type: "table", columns, rows }];
}
