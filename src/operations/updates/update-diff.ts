import { z } from "zod";
import type { Update } from "../../delivery/update.ts";
import { required, words } from "../argument-types.ts";
import { findSources } from "../find-source.ts";
import { defineOperation } from "../operation.ts";
import type { ImageChange, Talos, WatchedSource } from "../talos.ts";
import type { View } from "../view.ts";
import { completeReference } from "./complete-reference.ts";
import { describeChange } from "./describe-update.ts";
import { type KnownTarget, knownTargets, shortestName, targetOfReference } from "./known-targets.ts";
import { proposalState } from "./proposal-state.ts";
import { type DeliveryState, readDeliveryState } from "./read-delivery-state.ts";
import { resolveTarget } from "./resolve-target.ts";
import { unifiedDiff } from "./unified-diff.ts";

export const updateDiff = defineOperation({
  name: "update diff",
  summary: "show what would be committed for an update",
  arguments: z.strictObject({
    reference: required(words(), "What is updated: a name, an image, file#pointer, an id or group:<name>."),
  }),
  positional: ["reference"],
  complete: completeReference,
  access: "read",
  deadlineSeconds: 120,
  async run({ talos, signal }, { reference }) {
    const targets = await knownTargets(talos);
    const resolution = resolveTarget({ wanted: reference, targets, operation: "update diff" });
    if (resolution.kind === "refused") return resolution.refusal;
    const { target } = resolution;
    const wanted = await wantedChanges(talos, target);
    if (wanted.length === 0)
      return [{ type: "text", tone: "quiet", text: `nothing newer waits for ${shortestName(target, targets)}` }];
    const [source] = findSources(talos, target.source);
    const views = await Promise.all(wanted.map((one) => describeDiff(one, source, signal)));
    return views.flat();
  },
});

interface WantedChange {
  /** `queued`, `asks you`, … */
  readonly state: string;
  readonly changes: readonly ImageChange[];
}

/** One for each version that is under way, and one for each strategy by which something else is proposed. */
async function wantedChanges(talos: Talos, target: KnownTarget): Promise<readonly WantedChange[]> {
  const state = await readDeliveryState(talos);
  const { key } = target;
  const question = state.questions.get(key)?.question;
  const underWay: readonly (readonly [string, Update | undefined])[] = [
    ["queued", state.queue.get(key)?.entry.update],
    [question?.state === "deferred" ? "deferred" : "asks you", question?.update],
    ["dead letter", state.letters.get(key)?.letter?.update],
  ];
  return [
    ...underWay.flatMap(([word, update]) => (update === undefined ? [] : [{ state: word, changes: update.members }])),
    ...(await proposedChanges(talos, target, state)),
  ];
}

async function proposedChanges(
  talos: Talos,
  { key, source }: KnownTarget,
  state: DeliveryState,
): Promise<readonly WantedChange[]> {
  const record = await talos.sources.find(({ id }) => id === source)?.record();
  const proposed = (record?.plan?.references ?? [])
    .filter((reference) => targetOfReference(source, reference).key === key)
    .flatMap(({ file, pointer, image, proposals }) =>
      proposals
        .filter((proposal) => proposalState(key, proposal, state).kind === "proposed")
        .map(({ to, strategy }) => ({ strategy, change: { file, pointer, from: image, to } })),
    );
  return [...Map.groupBy(proposed, ({ strategy }) => strategy)].map(([strategy, some]) => ({
    state: strategy,
    changes: some.map(({ change }) => change),
  }));
}

async function describeDiff(
  { state, changes }: WantedChange,
  source: WatchedSource | undefined,
  signal: AbortSignal,
): Promise<View> {
  const files = (await source?.preview(changes, signal)) ?? [];
  const diffs = await Promise.all(files.map(unifiedDiff));
  return [
    { type: "text", heading: true, text: `${state}: ${describeChange({ members: changes })}` },
    ...(diffs.length === 0
      ? [{ type: "text" as const, tone: "quiet" as const, text: "the files say it already" }]
      : diffs.map((text) => ({ type: "code" as const, text }))),
  ];
}
