import { isSameVersion } from "../queue/compare-updates.ts";
import { isOutrun } from "../queue/is-outrun.ts";
import type { Update } from "../update.ts";
import type { TargetOutcome } from "./target-outcome.ts";

/** The texts are the wanted ones already. */
export function isDone({ members }: Update, { references }: TargetOutcome): boolean {
  return members.every(({ file, pointer, to }) =>
    references.some(({ found }) => found.file === file && found.pointer === pointer && found.image === to),
  );
}

/** The files have gone past it: newer versions are there. */
export function isPassed({ members }: Update, { references }: TargetOutcome): boolean {
  return members.every((member) =>
    references.some(
      ({ found }) => found.file === member.file && found.pointer === member.pointer && isOutrun(member, found.image),
    ),
  );
}

/** Whether the scan came to an end about the target; an update that only waits for its hours is as good as before. */
export function isSettled({ references }: TargetOutcome): boolean {
  return references.every(
    ({ verdict }) => verdict.kind !== "unknown" && !verdict.reasons.some(({ code }) => openCodes.includes(code)),
  );
}

const openCodes: readonly string[] = ["outside-window", "group-waiting"];

/** Why an update is not what it was: its policy treats it otherwise, another version is wanted, or the verdict's reason. */
export function explainOutcome({ references, updates }: TargetOutcome, update: Update): string {
  const isWantedAs = (other: Update | undefined) => other !== undefined && isSameVersion(update, other);
  if (isWantedAs(updates.push)) return "its policy lets it go without asking now";
  if (isWantedAs(updates.prompt)) return "its policy wants somebody to be asked now";
  if (isWantedAs(updates.notify)) return "its policy only announces it now";
  const [reason] = references.flatMap(({ verdict }) => verdict.reasons);
  const [other] = Object.values(updates);
  return reason?.text ?? (other === undefined ? "nothing newer is there" : `${other.members[0]?.tag} is there instead`);
}
