import type { Policy, Sync } from "../policy/policy.ts";
import type { Assessment } from "./assess-reference.ts";
import type { Quarantined } from "./quarantine.ts";
import type { Target } from "./target.ts";
import { groupId, referenceId } from "./target-id.ts";
import { type Verdict, verdictWithout } from "./verdict.ts";

type Open = Extract<Assessment, { kind: "open" }>;
type Settled = Extract<Assessment, { kind: "settled" }>;
type Grouped = { readonly assessment: Assessment; readonly policy: Policy; readonly sync: Sync };

/** What is decided as one, with the references in the order of the target's members. */
export interface TargetOfReferences {
  readonly target: Target;
  readonly references: readonly Open[];
}

export interface Targets {
  readonly targets: readonly TargetOfReferences[];
  /** Including every member of a broken group. */
  readonly settled: readonly Settled[];
}

/** What people have decided about a target, by its id, for its members in this order. */
export type QuarantineOf = (targetId: string, memberIds: readonly string[]) => readonly Quarantined[];
const noQuarantine: QuarantineOf = () => [];

/** References without a group each by itself; the members of a whole group together; those of a broken one held. */
export function collectTargets(assessments: readonly Assessment[], quarantine: QuarantineOf = noQuarantine): Targets {
  const grouped = new Map<string, Grouped[]>();
  const targets: TargetOfReferences[] = [];
  const settled: Settled[] = [];
  for (const assessment of assessments) {
    const { policy } = assessment;
    const sync = policy?.skip === false ? policy.sync : undefined;
    if (policy !== undefined && sync !== undefined)
      grouped.set(sync.group, [...(grouped.get(sync.group) ?? []), { assessment, policy, sync }]);
    else if (assessment.kind === "open") targets.push(singleTarget(assessment, quarantine));
    else settled.push(assessment);
  }
  for (const [group, members] of grouped) {
    const made = groupTarget(group, members, quarantine);
    if (typeof made !== "string") targets.push(made);
    else for (const { assessment } of members) settled.push(hold(assessment, made));
  }
  return { targets, settled };
}

/** A reference that is in no group. */
export function singleTarget(reference: Open, quarantine: QuarantineOf = noQuarantine): TargetOfReferences {
  const { image, policy, found } = reference;
  const id = referenceId(found);
  const target = {
    members: [{ name: found.name, image }],
    policy,
    group: undefined,
    followsDigest: true,
    quarantine: quarantine(id, [id]),
  };
  return { target, references: [reference] };
}

/** Or what is wrong with the group. */
function groupTarget(
  group: string,
  members: readonly Grouped[],
  quarantine: QuarantineOf,
): TargetOfReferences | string {
  const parents = members.filter(({ sync }) => sync.role === "parent");
  const [parent] = parents;
  if (parent === undefined || parent.sync.role !== "parent")
    return `sync group ${group} has no parent; give one member \`role: parent\``;
  if (parents.length > 1)
    return `sync group ${group} has ${parents.length} parents: ${places(parents)}; keep one and make the others children`;
  const ids = members.map(({ sync }) => sync.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) return `sync group ${group} has the id ${twice} more than once; give each member its own`;
  const children = members.filter((member) => member !== parent);
  const expected = parent.sync.children ?? children.map(({ sync }) => sync.id);
  const missing = expected.filter((id) => !children.some(({ sync }) => sync.id === id));
  if (missing.length > 0)
    return `sync group ${group} lacks ${missing.join(", ")}, which its parent lists; add it, or take it off \`children\``;
  const unlisted = children.filter(({ sync }) => !expected.includes(sync.id)).map(({ sync }) => sync.id);
  if (unlisted.length > 0)
    return `sync group ${group} has ${unlisted.join(", ")}, which its parent does not list; add it to \`children\``;

  const ordered = [parent, ...children];
  const references: Open[] = [];
  for (const { assessment, sync } of ordered) {
    if (assessment.kind === "open") references.push(assessment);
    else
      return `sync group ${group} waits for ${sync.id}: ${assessment.verdict.reasons[0]?.text ?? assessment.verdict.kind}`;
  }
  const target = {
    members: references.map(({ image }, index) => ({ name: ordered[index]?.sync.id ?? "", image })),
    policy: parent.policy,
    group,
    followsDigest: parent.sync.digest,
    quarantine: quarantine(
      groupId(group),
      references.map(({ found }) => referenceId(found)),
    ),
  };
  return { target, references };
}

function places(members: readonly Grouped[]): string {
  return members.map(({ assessment: { found } }) => `${found.file}#${found.pointer}`).join(", ");
}

/** A member that is at fault itself keeps its own verdict and says the group's fault too. */
function hold(assessment: Assessment, text: string): Settled {
  const { found, policy, warnings } = assessment;
  const held = verdictWithout("held", "group-incomplete", text);
  const verdict: Verdict =
    assessment.kind === "open"
      ? held
      : { ...assessment.verdict, reasons: [...assessment.verdict.reasons, ...held.reasons] };
  return { kind: "settled", found, policy, warnings, verdict };
}
