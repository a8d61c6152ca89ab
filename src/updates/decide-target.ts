/**
 * Decides one target: which of the versions above the current one are proposed, and why the others are not.
 *
 * Pure: what must be looked up is yielded, and read from `facts` afterwards, so that only those digests are asked for
 * that the decision turns on. Versions are walked from the highest down. A strategy counts only when nothing higher has
 * the same or a stronger one, so nothing below a version that is pushed matters. The same tag under another digest is
 * the lowest step of all. A failed look-up is `unknown`, never "nothing newer".
 */

import { isFloatingTag } from "../images/tag.ts";
import { isInsideWindow } from "../policy/delivery-window.ts";
import { formatDuration } from "../policy/duration.ts";
import type { Strategy } from "../policy/policy.ts";
import type { LookupFailure } from "../registries/registry.ts";
import { composeVerdicts, describeDisagreement, failTarget } from "./compose-verdicts.ts";
import { findHolder, quarantineObjection } from "./quarantine.ts";
import { askDigest, type DigestReading, notLookedUp, readDigest } from "./read-digest.ts";
import { stepName, stepObjection } from "./step-objection.ts";
import type { Facts, Member, Moment, Need, Target } from "./target.ts";
import type { Reason, Verdict } from "./verdict.ts";
import { isAtOneVersion, listVersionSteps, type VersionStep } from "./version-steps.ts";
import { isProposed, strategyRank, type Weighed } from "./weighed.ts";

type Deciding<T> = Generator<readonly Need[], T>;

/** How many versions of one size are asked for until one is old enough. */
const youngStepsPerSize = 5;
/** How many newer tags are asked whether a pinned digest is theirs. */
const lagTags = 50;

interface Scene {
  readonly target: Target;
  readonly facts: Facts;
  readonly moment: Moment;
  readonly steps: readonly VersionStep[];
}

/** One verdict for each member, in order. */
export function* decideTarget(target: Target, facts: Facts, moment: Moment): Deciding<readonly Verdict[]> {
  const tagLists: (readonly string[])[] = [];
  for (const [index, member] of target.members.entries()) {
    const listing = yield* listTags(member, facts);
    if (listing.kind !== "found") return failTarget(target, index, listing);
    tagLists.push(listing.value);
  }
  const scene = { target, facts, moment, steps: listVersionSteps(target.members, tagLists) };
  const weighed: Weighed[] = [];
  for (const step of scene.steps) {
    const next = yield* weigh(step, weighed, scene);
    const failedAt = next.readings.findIndex((reading) => reading.kind === "failed");
    const reading = next.readings[failedAt];
    if (reading?.kind === "failed") return failTarget(target, failedAt, reading.failure);
    weighed.push(next);
  }
  return composeVerdicts(
    target,
    weighed.map((one) => holdBack(one, scene)),
  );
}

function* listTags({ image }: Member, facts: Facts) {
  if (isFloatingTag(image.tag)) return { kind: "found", value: [] } as const;
  if (facts.tags(image) === undefined) yield [{ kind: "tags", repository: image } as const];
  return facts.tags(image) ?? notLookedUp(image.domain);
}

function* weigh(step: VersionStep, above: readonly Weighed[], scene: Scene): Deciding<Weighed> {
  const strategy = scene.target.policy.strategy[step.size];
  const shadow = findShadow(step, strategy, above);
  if (shadow !== undefined) return { step, readings: [], outcome: "below-newer", text: shadow };
  return step.isSameTag ? yield* weighSameTag(step, strategy, scene) : yield* weighNewer(step, strategy, scene);
}

function* weighNewer(step: VersionStep, strategy: Strategy, scene: Scene): Deciding<Weighed> {
  const { target } = scene;
  const objection = stepObjection(step, target) ?? quarantineObjection(step, [], target.quarantine);
  if (objection !== undefined) return leaveOut(step, [], objection);
  const { pin, ageSeconds } = target.policy;
  const readings: DigestReading[] = [];
  for (const [index, member] of target.members.entries()) {
    const tag = step.tags[index] ?? member.image.tag;
    const stays = tag === member.image.tag && !target.followsDigest;
    const isNeeded = !stays && (pin || ageSeconds !== undefined);
    readings.push(
      isNeeded
        ? yield* readDigest(member, tag, ageSeconds, scene.facts, scene.moment)
        : { kind: "known", digest: stays ? member.image.digest : undefined, firstSeenMs: undefined },
    );
  }
  const finding = judge(step, readings, scene);
  return finding === undefined ? propose(step, readings, strategy) : leaveOut(step, readings, finding);
}

/** The current tag is looked up even where its digest may not move: a tag that the registry lacks is worth knowing. */
function* weighSameTag(step: VersionStep, strategy: Strategy, scene: Scene): Deciding<Weighed> {
  const { target, facts, moment } = scene;
  const isFollowed = target.followsDigest && target.policy.pin && strategy !== "skip";
  const readings: DigestReading[] = [];
  for (const member of target.members)
    readings.push(
      yield* readDigest(member, member.image.tag, isFollowed ? target.policy.ageSeconds : undefined, facts, moment),
    );
  const notFollowed = isFollowed ? undefined : stepObjection(step, target);
  const finding = judge(step, readings, scene) ?? notFollowed ?? quarantineObjection(step, readings, target.quarantine);
  if (finding !== undefined) return leaveOut(step, readings, finding);
  // Pinning each to what it has now would only make firm that they are not at one version.
  if (!isAtOneVersion(target.members)) return leaveOut(step, readings, describeDisagreement(target));
  if (!isFollowed)
    return leaveOut(step, readings, { code: "no-newer-tag", text: `the digest of ${stepName(step)} is not followed` });
  const lag = yield* findLag(step, readings, scene);
  if (lag === undefined) return propose(step, readings, strategy);
  if (lag.kind === "lag") return leaveOut(step, readings, { code: "digest-same", text: lag.text });
  return leaveOut(step, readings.with(lag.index, lag), { code: "unreachable", text: lag.failure.text });
}

function leaveOut(step: VersionStep, readings: readonly DigestReading[], { code, text }: Reason): Weighed {
  return { step, readings, outcome: code, text };
}

function propose(step: VersionStep, readings: readonly DigestReading[], strategy: Strategy): Weighed {
  const what = step.isSameTag ? "another digest of the same tag" : `a ${step.size} step`;
  return { step, readings, outcome: strategy === "skip" ? "strategy-skip" : strategy, text: what };
}

/** Why a step cannot matter any more, whatever its digest is. */
function findShadow(step: VersionStep, strategy: Strategy, above: readonly Weighed[]): string | undefined {
  for (const { step: higher, outcome } of above) {
    if (outcome === "digest-same") return `the pinned digest is that of ${stepName(higher)}, which is newer`;
    if (isProposed(outcome) && strategyRank(outcome) >= Math.max(strategyRank(strategy), 1))
      return `${stepName(higher)} is newer`;
  }
  const young = above.filter((other) => other.outcome === "not-aged" && other.step.size === step.size);
  if (young.length < youngStepsPerSize || step.isSameTag) return undefined;
  return `the ${young.length} above it are still too new`;
}

function judge(step: VersionStep, readings: readonly DigestReading[], { target, moment }: Scene): Reason | undefined {
  for (const reading of readings) {
    if (reading.kind === "absent") return { code: "tag-not-found", text: reading.failure.text };
    if (reading.kind !== "young") continue;
    const seconds = Math.floor((moment.nowMs - reading.firstSeenMs) / 1000);
    const seen = seconds < 60 ? "just now" : `${formatDuration(seconds)} ago`;
    const age = formatDuration(target.policy.ageSeconds ?? 0);
    return { code: "not-aged", text: `${stepName(step)} was first seen ${seen}; its age must be ${age}` };
  }
  const isPinned = target.members.every(({ image }, index) => {
    const reading = readings[index];
    return reading?.kind === "known" && reading.digest !== undefined && reading.digest === image.digest;
  });
  return isPinned ? { code: "digest-same", text: `the pinned digest is that of ${stepName(step)}` } : undefined;
}

type Lag =
  | { readonly kind: "lag"; readonly text: string }
  | { readonly kind: "failed"; readonly failure: LookupFailure; readonly index: number };

/** A pinned digest that is a newer tag's: the text lags behind, and the current tag's digest would be a step back. */
function* findLag(step: VersionStep, readings: readonly DigestReading[], scene: Scene): Deciding<Lag | undefined> {
  const newer = scene.steps
    .filter((other) => !other.isSameTag)
    .slice(-lagTags)
    .reverse();
  for (const [index, member] of scene.target.members.entries()) {
    const reading = readings[index];
    const pinned = member.image.digest;
    if (pinned === undefined || (reading?.kind === "known" && reading.digest === pinned)) continue;
    for (const { tags } of newer) {
      const tag = tags[index];
      if (tag === undefined || tag === member.image.tag) continue;
      const answer = yield* askDigest(member, tag, scene.facts);
      if (answer.kind === "found" && answer.value === pinned)
        return { kind: "lag", text: `${step.tags[index]} lags: the pinned digest is that of ${tag}` };
      if (answer.kind !== "found" && answer.kind !== "tag-missing") return { kind: "failed", failure: answer, index };
    }
  }
  return undefined;
}

/** A person's hold comes first, then the delivery window. */
function holdBack(one: Weighed, { target, moment }: Scene): Weighed {
  const holder = findHolder(target.quarantine);
  if (holder !== undefined && isProposed(one.outcome))
    return { ...one, outcome: "on-hold", text: `${stepName(one.step)} is there; ${holder} holds it` };
  const { window } = target.policy;
  if (one.outcome !== "push" || window.length === 0) return one;
  if (isInsideWindow(window, moment.nowMs, moment.timeZone)) return one;
  const times = window.map(({ text }) => text).join(", ");
  return { ...one, outcome: "outside-window", text: `${stepName(one.step)} waits for its window: ${times}` };
}
