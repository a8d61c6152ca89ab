/**
 * The last look before a commit: what stands in the files now, and what the registry answers now. Whatever is not as it
 * was when the update was decided upon is decided again, on what is there; nothing is overwritten unseen.
 */

import { shortImage } from "../../images/short-image.ts";
import type { Policy } from "../../policy/policy.ts";
import { withFreshAnswers } from "../../registries/fresh-answers.ts";
import type { Registries } from "../../registries/registry.ts";
import { loadQuarantine } from "../decisions/load-quarantine.ts";
import type { Quarantine } from "../decisions/quarantine.ts";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";
import { compareUpdates } from "../queue/compare-updates.ts";
import type { KeyedEntry } from "../queue/decide-queue.ts";
import { isOutrun } from "../queue/is-outrun.ts";
import { findMovedPolicies } from "../scan/find-moved-policies.ts";
import type { SourceReading } from "../scan/read-source.ts";
import { decide } from "../scan/scan.ts";
import { collectOutcomes, type TargetOutcome } from "../scan/target-outcome.ts";
import { watchUndone } from "../scan/watch-undone.ts";
import type { Update, UpdateMember } from "../update.ts";

/** What is to be done with one entry. */
export type CheckedEntry = KeyedEntry &
  (
    | { readonly fate: "go" }
    /** The files say it already. */
    | { readonly fate: "verified" }
    /** Not any more; `text` says why. */
    | { readonly fate: "drop"; readonly text: string }
    /** This is what is wanted now. */
    | { readonly fate: "replace"; readonly update: Update }
    /** Something that may pass was in the way. */
    | { readonly fate: "retry"; readonly text: string }
    | { readonly fate: "dead"; readonly text: string }
  );

export interface CheckOptions {
  /** Digests were read again a moment ago; only the files have moved since. */
  readonly areDigestsFresh: boolean;
  readonly signal: AbortSignal;
}

export async function checkEntries(
  source: Source,
  entries: readonly KeyedEntry[],
  reading: SourceReading,
  ports: DeliveryPorts,
  options: CheckOptions,
): Promise<readonly CheckedEntry[]> {
  const [problem] = reading.settingsProblems;
  if (problem !== undefined) {
    const text = `${problem.file}:${problem.line ?? 1}: ${problem.text}; nothing is changed until it is mended`;
    return entries.map((keyed) => ({ ...keyed, fate: "dead", text }));
  }
  const quarantine = await loadQuarantine(source.id, ports.memory);
  const unread = reading.unreadFiles();
  const images = new Map(reading.found().map(({ file, pointer, image }) => [`${file}#${pointer}`, image]));
  const policies = reading.policies();
  const moved = await findMovedPolicies(source.id, policies, ports.memory);
  const first = entries.map((keyed) =>
    checkPolicy(
      checkHold(keyed, quarantine) ?? checkFiles(keyed, unread, images) ?? checkText(keyed, images, policies),
      moved,
    ),
  );
  const read = options.areDigestsFresh
    ? first
    : await Promise.all(first.map((one) => checkDigests(one, ports, options)));
  const doubtful = read.filter(({ fate }) => fate === "decide-again");
  if (doubtful.length === 0) return read.flatMap((one) => (one.fate === "decide-again" ? [] : [one]));
  const outcomes = await decideAgain(source, doubtful, reading, ports, options.signal);
  return read.map((one) =>
    one.fate === "decide-again" ? settleAgain(one, outcomes.get(one.entry.update.target)) : one,
  );
}

/** Whatever way it came into the queue. */
function checkHold(keyed: KeyedEntry, quarantine: ReadonlyMap<string, Quarantine>): CheckedEntry | undefined {
  const holder = quarantine.get(keyed.entry.update.target)?.find(({ kind }) => kind === "held");
  return holder && { ...keyed, fate: "drop", text: `${holder.actor} holds it` };
}

/** What stands in a file that cannot be read is not known, so that nothing is decided. */
function checkFiles(
  keyed: KeyedEntry,
  unread: ReadonlySet<string>,
  images: ReadonlyMap<string, string>,
): CheckedEntry | undefined {
  const isHidden = ({ file, pointer }: UpdateMember) => unread.has(file) && !images.has(`${file}#${pointer}`);
  const member = keyed.entry.update.members.find(isHidden);
  return member && { ...keyed, fate: "retry", text: `${member.file} cannot be read` };
}

type Doubtful = KeyedEntry & { readonly fate: "decide-again" };

function checkText(
  keyed: KeyedEntry,
  images: ReadonlyMap<string, string>,
  policies: ReadonlyMap<string, Policy | undefined>,
): CheckedEntry | Doubtful {
  const { members, stays = [] } = keyed.entry.update;
  const textAt = ({ file, pointer }: { readonly file: string; readonly pointer: string }) =>
    images.get(`${file}#${pointer}`);
  const texts = members.map(textAt);
  if (members.every(({ to }, index) => texts[index] === to)) return { ...keyed, fate: "verified" };
  const areOthersThere = stays.every((other) => textAt(other) === other.image);
  const isManaged = ({ file, pointer }: UpdateMember) => policies.get(`${file}#${pointer}`)?.skip === false;
  if (!members.every(isManaged)) return { ...keyed, fate: "decide-again" };
  if (areOthersThere && members.every(({ from }, index) => texts[index] === from)) return { ...keyed, fate: "go" };
  const outrun = members.findIndex((member, index) => isOutrun(member, texts[index]));
  if (outrun >= 0)
    return { ...keyed, fate: "drop", text: `${shortImage(texts[outrun] ?? "")} is there, which is newer` };
  return { ...keyed, fate: "decide-again" };
}

/** What a person approved of goes whatever the policy says. */
function checkPolicy(checked: CheckedEntry | Doubtful, moved: ReadonlySet<string>): CheckedEntry | Doubtful {
  const { key, entry } = checked;
  if (checked.fate !== "go" || entry.cause.kind !== "policy") return checked;
  const { members, stays = [] } = entry.update;
  const hasMoved = [...members, ...stays].some(({ file, pointer }) => moved.has(`${file}#${pointer}`));
  return hasMoved ? { key, entry, fate: "decide-again" } : checked;
}

/** An uncached look at every digest that would be written, and at tags that are written alone: they may be gone. */
async function checkDigests(
  checked: CheckedEntry | Doubtful,
  { registries }: DeliveryPorts,
  { signal }: CheckOptions,
): Promise<CheckedEntry | Doubtful> {
  if (checked.fate !== "go") return checked;
  const answers = await Promise.all(
    checked.entry.update.members.map((member) => readMemberDigest(member, registries, signal)),
  );
  const failed = answers.find(({ kind }) => kind === "failed");
  if (failed?.kind === "failed") return { ...checked, fate: "retry", text: failed.text };
  return answers.every(({ kind }) => kind === "same") ? checked : { ...checked, fate: "decide-again" };
}

type MemberAnswer = { readonly kind: "same" | "different" } | { readonly kind: "failed"; readonly text: string };

async function readMemberDigest(
  { domain, path, tag, digest }: Update["members"][number],
  registries: Registries,
  signal: AbortSignal,
): Promise<MemberAnswer> {
  const answer = await registries.readDigest({ domain, path }, tag, { isFresh: true, signal });
  switch (answer.kind) {
    case "found":
      return { kind: digest === undefined || answer.value === digest ? "same" : "different" };
    case "tag-missing":
    case "repository-missing":
      return { kind: "different" };
    case "denied":
    case "throttled":
    case "unreachable":
    case "bad-answer":
      return { kind: "failed", text: answer.text };
  }
}

async function decideAgain(
  source: Source,
  doubtful: readonly KeyedEntry[],
  reading: SourceReading,
  ports: DeliveryPorts,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TargetOutcome>> {
  const places = new Set(
    doubtful.flatMap(({ entry }) => entry.update.members.map(({ file, pointer }) => `${file}#${pointer}`)),
  );
  const isWanted = ({ found }: { readonly found: { readonly file: string; readonly pointer: string } }) =>
    places.has(`${found.file}#${found.pointer}`);
  await watchUndone(await ports.memory.delivered.list(`${source.id} `), reading, ports);
  const afresh = { ...ports, registries: withFreshAnswers(ports.registries) };
  const result = await decide(source, reading, { isWanted }, afresh, { signal });
  return new Map(collectOutcomes(source.id, result.references).map((outcome) => [outcome.target, outcome]));
}

/** The same version on the text as it is now goes; for policy, so does whatever policy wants by now. */
function settleAgain(doubtful: Doubtful, outcome: TargetOutcome | undefined): CheckedEntry {
  const { key, entry } = doubtful;
  const keyed = { key, entry };
  if (outcome === undefined) return { ...keyed, fate: "drop", text: "the image is not there any more" };
  const { push } = outcome.updates;
  const offered = entry.cause.kind === "policy" ? (push === undefined ? [] : [push]) : Object.values(outcome.updates);
  const relations = offered.map((update) => ({ update, relation: compareUpdates(entry.update, update) }));
  if (relations.some(({ relation }) => relation === "same")) return { ...keyed, fate: "go" };
  const same =
    relations.find(({ relation }) => relation === "refreshed") ??
    relations.find(({ update }) => isRestOf(update, entry.update));
  const wanted = same?.update ?? (entry.cause.kind === "person" ? undefined : push);
  if (wanted !== undefined) return { ...keyed, fate: "replace", update: wanted };
  const [reference] = outcome.references;
  const isAskedAbout = push === undefined && Object.keys(outcome.updates).length > 0;
  const nothing = isAskedAbout ? "its policy does not let it go by itself any more" : "nothing newer is there";
  const reason = reference?.verdict.reasons[0]?.text ?? nothing;
  if (outcome.references.some(({ verdict }) => verdict.kind === "unknown"))
    return { ...keyed, fate: "retry", text: reason };
  return { ...keyed, fate: "drop", text: describeMove(entry.update, offered[0], reason) };
}

/** The same for those members of a group that are not there yet. */
function isRestOf(rest: Update, { members }: Update): boolean {
  return rest.members.every(({ id, to }) => members.some((member) => member.id === id && member.to === to));
}

function describeMove({ members }: Update, offered: Update | undefined, reason: string): string {
  const [member] = members;
  if (offered !== undefined) return `${offered.members[0]?.tag} is offered by now, and not ${member?.tag}`;
  return reason;
}
