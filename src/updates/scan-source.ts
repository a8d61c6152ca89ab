/**
 * One scan of one state of a source: finds the references, looks up what their decisions turn on, decides, and returns
 * it all. It enqueues, asks and writes nothing, and keeps nothing but when it first saw a digest.
 */

import { setImmediate } from "node:timers/promises";
import { formatImageReference } from "../images/image-reference.ts";
import type { Registries } from "../registries/registry.ts";
import { type Assessment, assessReference } from "./assess-reference.ts";
import { collectTargets, type QuarantineOf, singleTarget, type TargetOfReferences } from "./collect-targets.ts";
import { decideTarget } from "./decide-target.ts";
import type { FileRule } from "./file-rules.ts";
import { createFactTable, type FactTable } from "./look-up-facts.ts";
import { type DecidedReference, planReferenceEdits, type ReferenceWithEdits } from "./plan-reference-edits.ts";
import {
  combineReadings,
  type FileReading,
  type ReadableSource,
  readFiles,
  type UnreadPlace,
} from "./read-references.ts";
import type { Sightings } from "./sightings.ts";
import type { Moment, Target } from "./target.ts";
import type { Verdict } from "./verdict.ts";

export interface ScanSettings {
  readonly rules: readonly FileRule[];
  /** Leaves out what nobody asked about, before any look-up. A group stays whole when one of its members is wanted. */
  readonly isWanted?: (assessment: Assessment) => boolean;
  /** What people have decided about versions; without it, nothing. */
  readonly quarantine?: QuarantineOf;
}

export interface ScanPorts {
  readonly registries: Registries;
  readonly sightings: Sightings;
  readonly moment: Moment;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ScanProgress) => void) | undefined;
}

export interface ScanProgress {
  readonly files: number;
  readonly references: number;
  readonly decided: number;
}

export interface ScanResult {
  /** In the order of the files. */
  readonly references: readonly ReferenceWithEdits[];
  readonly problems: readonly UnreadPlace[];
}

export async function scanSource(
  source: ReadableSource,
  settings: ScanSettings,
  ports: ScanPorts,
): Promise<ScanResult> {
  const table = createFactTable(ports.registries, ports.sightings, ports.moment, ports.signal);
  const decisions = createDecisions(table, ports);
  const readings: FileReading[] = [];
  for (const reading of readFiles(source, settings.rules)) {
    readings.push(reading);
    decisions.foresee(reading, settings);
    await setImmediate();
  }
  const { references, problems, fileCount } = combineReadings(readings);
  const assessments = chooseWanted(
    references.map(({ found, rule }) => assessReference(found, rule.assessment)),
    settings.isWanted,
  );
  const { targets, settled } = collectTargets(assessments, settings.quarantine);
  const decided = await decisions.all(targets, {
    files: fileCount,
    references: assessments.length,
    decided: settled.length,
  });
  await ports.sightings.save();
  const order = new Map(references.map(({ found }, index) => [found, index]));
  const all = [...settled, ...decided].sort((a, b) => (order.get(a.found) ?? 0) - (order.get(b.found) ?? 0));
  return { references: planReferenceEdits(all), problems };
}

/**
 * Decides targets while files are still being read: what a reference without a group needs does not depend on what
 * comes after it. That one is held after all, because another file shares its text, costs only its look-ups. The same
 * image under the same policy is decided once.
 */
function createDecisions(table: FactTable, { moment, onProgress }: ScanPorts) {
  const underWay = new Map<string, Promise<readonly Verdict[]>>();
  const decideOnce = (target: Target): Promise<readonly Verdict[]> => {
    const [{ image } = { image: undefined }] = target.members;
    if (target.group !== undefined || image === undefined) return decide(target, table, moment);
    const key = `${formatImageReference(image)} ${JSON.stringify([target.policy, target.quarantine])}`;
    const verdicts = underWay.get(key) ?? decide(target, table, moment);
    underWay.set(key, verdicts);
    return verdicts;
  };
  return {
    foresee({ references }: FileReading, { isWanted, quarantine }: ScanSettings): void {
      for (const { found, rule } of references) {
        const assessment = assessReference(found, rule.assessment);
        if (assessment.kind !== "open" || assessment.policy.sync !== undefined || isWanted?.(assessment) === false)
          continue;
        // Whether it is waited for is only known later; until then a failure is nobody's.
        decideOnce(singleTarget(assessment, quarantine).target).catch(() => undefined);
      }
    },
    async all(targets: readonly TargetOfReferences[], progress: ScanProgress): Promise<readonly DecidedReference[]> {
      let { decided } = progress;
      onProgress?.(progress);
      const all = targets.map(async ({ target, references }) => {
        const verdicts = await decideOnce(target);
        decided += references.length;
        onProgress?.({ ...progress, decided });
        return references.flatMap(({ found, policy, warnings }, index) => {
          const verdict = verdicts[index];
          return verdict === undefined ? [] : [{ found, policy, warnings, verdict }];
        });
      });
      return (await Promise.all(all)).flat();
    },
  };
}

function chooseWanted(assessments: readonly Assessment[], isWanted: ScanSettings["isWanted"]): readonly Assessment[] {
  if (isWanted === undefined) return assessments;
  const groups = new Set(assessments.filter(isWanted).flatMap(({ policy }) => policy?.sync?.group ?? []));
  return assessments.filter((assessment) => isWanted(assessment) || groups.has(assessment.policy?.sync?.group ?? ""));
}

async function decide(target: Target, table: FactTable, moment: Moment): Promise<readonly Verdict[]> {
  const deciding = decideTarget(target, table.facts, moment);
  let next = deciding.next();
  while (next.done !== true) {
    await table.lookUp(next.value);
    next = deciding.next();
  }
  return next.value;
}
