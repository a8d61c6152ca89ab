import { targetKey, type Update } from "../../delivery/update.ts";
import { matchNames, type NamedReference } from "../../updates/match-reference.ts";
import type { PlannedReference } from "../../updates/plan-document.ts";
import type { Talos } from "../talos.ts";

/** What is updated as one, as a person can name it: by its key, its id, or what names one of its references. */
export interface KnownTarget {
  readonly key: string;
  readonly source: string;
  /** `kind:file#pointer`, or `group:<name>` */
  readonly target: string;
  readonly references: readonly NamedReference[];
}

/** All that the latest scans found, and what is still open about others. */
export async function knownTargets(talos: Talos): Promise<readonly KnownTarget[]> {
  const records = talos.sources.map(async (source) => ({ source: source.id, record: await source.record() }));
  const planned = (await Promise.all(records)).flatMap(({ source, record }) =>
    (record?.plan?.references ?? []).flatMap((reference) =>
      reference.pointer === "" ? [] : [targetOfReference(source, reference)],
    ),
  );
  const [questions, queue, letters, quarantines] = await Promise.all([
    talos.delivery.questions(),
    talos.delivery.queue(),
    talos.delivery.deadLetters(),
    talos.delivery.quarantines(),
  ]);
  const updates = [
    ...questions.map(({ question }) => question.update),
    ...queue.map(({ entry }) => entry.update),
    ...letters.flatMap(({ letter }) => letter?.update ?? []),
  ];
  const held = quarantines.map(({ key, source, target }) => ({ key, source, target, references: [] }));
  return joinByKey([...planned, ...updates.map(targetOfUpdate), ...held]);
}

export function targetOfReference(source: string, reference: PlannedReference): KnownTarget {
  const group = reference.policy?.sync?.group;
  const target = group === undefined ? reference.id : `group:${group}`;
  return { key: targetKey({ source, target }), source, target, references: [reference] };
}

export function targetOfUpdate(update: Update): KnownTarget {
  const { source, target, members } = update;
  const references = members.map((member) => ({ ...member, image: member.from }));
  return { key: targetKey(update), source, target, references };
}

/** Those that match best; a target's own name comes before those of its references. */
export function matchTargets<T extends KnownTarget>(targets: readonly T[], wanted: string): readonly T[] {
  const rank = ({ key, target, references }: KnownTarget): number => {
    if (wanted === key) return 5;
    if (wanted === target) return 4;
    return Math.max(0, ...references.map((reference) => matchNames(reference, wanted)));
  };
  const best = Math.max(0, ...targets.map(rank));
  return best === 0 ? [] : targets.filter((target) => rank(target) === best);
}

/** The shortest words that mean this target and no other: its name, its id, or else its key. */
export function shortestName({ key, target, references }: KnownTarget, all: readonly KnownTarget[]): string {
  const names = target.startsWith("group:") ? [target] : [...references.map(({ name }) => name), target];
  return names.find((name) => matchTargets(all, name).every((match) => match.key === key)) ?? key;
}

function joinByKey(targets: readonly KnownTarget[]): readonly KnownTarget[] {
  const joined = new Map<string, KnownTarget>();
  for (const target of targets) {
    const known = joined.get(target.key)?.references ?? [];
    const added = target.references.filter(({ id }) => !known.some((reference) => reference.id === id));
    joined.set(target.key, { ...target, references: [...known, ...added] });
  }
  return [...joined.values()];
}
