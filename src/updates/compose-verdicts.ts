import { formatImageReference } from "../images/image-reference.ts";
import type { LookupFailure } from "../registries/registry.ts";
import type { Target } from "./target.ts";
import {
  type LedgerEntry,
  type Proposal,
  type Reason,
  type ReasonCode,
  type Verdict,
  verdictWithout,
} from "./verdict.ts";
import { isAtOneVersion } from "./version-steps.ts";
import { isProposed, type Weighed } from "./weighed.ts";

/** Reasons that mean: something newer exists and may not go yet. */
const heldCodes: readonly Weighed["outcome"][] = [
  "not-aged",
  "outside-window",
  "group-waiting",
  "reverted",
  "declined",
  "on-hold",
];
/** Reasons that mean: this version is not wanted. */
const unwantedCodes: readonly Weighed["outcome"][] = ["above-bump", "ignored-tag", "strategy-skip"];

/** One verdict for each member of a target whose steps were all weighed. */
export function composeVerdicts(target: Target, weighed: readonly Weighed[]): readonly Verdict[] {
  return target.members.map((_, index) => composeVerdict(target, index, weighed));
}

/** The verdicts when one member could not be looked up: nothing is decided, and nothing is called current. */
export function failTarget(target: Target, failedAt: number, failure: LookupFailure): readonly Verdict[] {
  const reason = failureReason(failure);
  const name = target.members[failedAt]?.name ?? "";
  return target.members.map((_, index) =>
    index === failedAt
      ? verdictWithout("unknown", reason.code, reason.text)
      : verdictWithout("held", "group-waiting", `${target.group} waits for ${name}: ${reason.text}`),
  );
}

function failureReason({ kind, text, hint }: LookupFailure): Reason {
  const codes = {
    "repository-missing": "repository-not-found",
    "tag-missing": "tag-not-found",
    denied: "unauthorized",
    throttled: "rate-limited",
    unreachable: "unreachable",
    "bad-answer": "bad-answer",
  } as const;
  return { code: codes[kind], text: hint === undefined ? text : `${text}: ${hint}` };
}

function composeVerdict(target: Target, index: number, weighed: readonly Weighed[]): Verdict {
  const proposals = weighed.flatMap((one) => propose(target, index, one));
  const reasons = collectReasons(target, weighed);
  const wanted = weighed.find(({ step, outcome }) => !step.isSameTag && !unwantedCodes.includes(outcome));
  const tag = wanted?.step.tags[index];
  return {
    kind: verdictKind(target, proposals, weighed),
    proposals,
    reasons: reasons.length > 0 || proposals.length > 0 ? reasons : [noNewerTag(target, index)],
    newest: tag === undefined || wanted === undefined ? undefined : { tag, size: wanted.step.size },
    ledger: weighed.flatMap((one) => ledgerEntry(index, one)),
  };
}

function verdictKind(target: Target, proposals: readonly Proposal[], weighed: readonly Weighed[]): Verdict["kind"] {
  const isGroupUpdate = weighed.some(({ outcome }) => isProposed(outcome));
  if (proposals.length > 0) return "update";
  if (isGroupUpdate) return "current";
  if (weighed.some(({ step, outcome }) => step.isSameTag && outcome === "tag-not-found")) return "unknown";
  return !isAtOneVersion(target.members) || weighed.some(({ outcome }) => heldCodes.includes(outcome))
    ? "held"
    : "current";
}

function propose(target: Target, index: number, { step, outcome, readings }: Weighed): readonly Proposal[] {
  const reading = readings[index];
  const tag = step.tags[index];
  const image = target.members[index]?.image;
  if (!isProposed(outcome) || reading?.kind !== "known" || tag === undefined || image === undefined) return [];
  const digest = target.policy.pin || tag === image.tag ? reading.digest : undefined;
  if (tag === image.tag && digest === image.digest) return [];
  const to = formatImageReference({ written: image.written, tag, digest });
  const firstSeenMs = digest === undefined ? undefined : reading.firstSeenMs;
  return [{ to, size: step.size, strategy: outcome, tag, digest, firstSeenMs, group: target.group }];
}

/** One of each code, for the highest step it stands for. */
function collectReasons(target: Target, weighed: readonly Weighed[]): readonly Reason[] {
  const reasons = new Map<ReasonCode, Reason>();
  for (const { outcome, text, step } of weighed) {
    if (isProposed(outcome) || outcome === "below-newer" || reasons.has(outcome)) continue;
    if (outcome === "tag-not-found" && !step.isSameTag) continue;
    if (outcome === "no-newer-tag" && reasons.size > 0) continue;
    reasons.set(outcome, { code: outcome, text });
  }
  const isGoing = weighed.some(({ outcome }) => isProposed(outcome));
  if (!isGoing && !isAtOneVersion(target.members) && !reasons.has("group-waiting"))
    reasons.set("group-waiting", describeDisagreement(target));
  return [...reasons.values()];
}

/** Of a group whose members are not at one version. */
export function describeDisagreement({ members }: Target): Reason {
  const versions = members.map(({ name, image }) => `${name} at ${image.tag}`).join(", ");
  return { code: "group-waiting", text: `no version that all have: ${versions}` };
}

function noNewerTag(target: Target, index: number): Reason {
  return { code: "no-newer-tag", text: `${target.members[index]?.image.tag} is the newest of its family` };
}

function ledgerEntry(index: number, { step, outcome, text, readings }: Weighed): readonly LedgerEntry[] {
  const tag = step.tags[index];
  if (tag === undefined) return [];
  const reading = readings[index];
  const seen = reading?.kind === "known" || reading?.kind === "young" ? reading : undefined;
  return [{ tag, size: step.size, outcome, text, digest: seen?.digest, firstSeenMs: seen?.firstSeenMs }];
}
