import { compareTags } from "../images/compare-tags.ts";
import type { DigestReading } from "./read-digest.ts";
import { stepName } from "./step-objection.ts";
import type { Reason } from "./verdict.ts";
import type { VersionStep } from "./version-steps.ts";

/**
 * A version of a target that is not proposed again, by decision of a person. `reverted`: it was undone, and nothing up to
 * it goes. `declined`: only this version does not go. `held`: nothing goes, whatever it is.
 */
export interface Quarantined {
  readonly kind: "reverted" | "declined" | "held";
  /** Who, for the reason: `ada (discord)`. */
  readonly by: string;
  /** For each member of the target, in order; undefined: this member was not concerned. */
  readonly versions: readonly (QuarantinedVersion | undefined)[];
}

interface QuarantinedVersion {
  readonly tag: string;
  readonly digest: string | undefined;
}

/**
 * A tag stands for its version whatever digest it answers; of two digests under the tag in use only the digest tells.
 * What cannot be compared with an undone version is another family, and a decision of its own.
 */
export function quarantineObjection(
  step: VersionStep,
  readings: readonly DigestReading[],
  quarantine: readonly Quarantined[],
): Reason | undefined {
  for (const { kind, by, versions } of quarantine) {
    if (kind === "held") continue;
    const concerned = versions.flatMap((version, index) => {
      const tag = step.tags[index];
      return version === undefined || tag === undefined ? [] : [{ version, tag, reading: readings[index] }];
    });
    const isCovered = ({ version, tag, reading }: (typeof concerned)[number]) =>
      step.isSameTag && tag === version.tag
        ? reading?.kind === "known" && reading.digest === version.digest
        : kind === "declined"
          ? tag === version.tag
          : (compareTags(tag, version.tag) ?? 1) <= 0;
    if (concerned.length === 0 || !concerned.every(isCovered)) continue;
    return kind === "declined"
      ? { code: "declined", text: `${stepName(step)} was declined by ${by}` }
      : { code: "reverted", text: `${versions.find((version) => version !== undefined)?.tag} was undone by ${by}` };
  }
  return undefined;
}

/** Who holds the whole target, if anybody does. */
export function findHolder(quarantine: readonly Quarantined[]): string | undefined {
  return quarantine.find(({ kind }) => kind === "held")?.by;
}
