import { parseImageReference } from "../../images/parse-image-reference.ts";
import type { ProposedEdits, ReferenceWithEdits } from "../../updates/plan-reference-edits.ts";
import { groupId, referenceId } from "../../updates/target-id.ts";
import type { Proposal } from "../../updates/verdict.ts";
import type { Update, UpdateMember } from "../update.ts";

/** What a scan found out about one target: its references, and at most one update for each strategy. */
export interface TargetOutcome {
  readonly target: string;
  readonly references: readonly ReferenceWithEdits[];
  readonly updates: Readonly<Partial<Record<Proposal["strategy"], Update>>>;
}

/** The references of a scan by target, in the order of the files. What has not opted in is left out. */
export function collectOutcomes(source: string, references: readonly ReferenceWithEdits[]): readonly TargetOutcome[] {
  const managed = references.filter(({ policy }) => policy !== undefined);
  const byTarget = Map.groupBy(managed, targetOf);
  return [...byTarget].map(([target, members]) => ({
    target,
    references: members,
    updates: collectUpdates(source, target, members),
  }));
}

/** The target that a reference belongs to: its sync group, or itself. */
export function targetOf({ found, policy }: Pick<ReferenceWithEdits, "found" | "policy">): string {
  return policy?.sync === undefined || policy.skip ? referenceId(found) : groupId(policy.sync.group);
}

/** The delivery windows of a target's policy now, as written. A group follows its parent's. */
export function windowsOf(references: readonly ReferenceWithEdits[]): string[] {
  const parent = references.find(({ policy }) => policy?.sync?.role === "parent") ?? references[0];
  return (parent?.policy?.window ?? []).map(({ text }) => text);
}

/** A target has at most one proposal of each strategy, so that those of the members of a group belong together. */
function collectUpdates(
  source: string,
  target: string,
  references: readonly ReferenceWithEdits[],
): TargetOutcome["updates"] {
  const collect = (strategy: Proposal["strategy"]): Update | undefined => {
    const members = references.flatMap((reference) =>
      reference.proposed
        .filter(({ proposal }) => proposal.strategy === strategy)
        .flatMap((proposed) => toMember(reference, proposed)),
    );
    const [first] = references.flatMap(({ proposed }) =>
      proposed.filter(({ proposal }) => proposal.strategy === strategy),
    );
    if (members.length === 0 || first === undefined) return undefined;
    const changing = new Set(members.map(({ id }) => id));
    const stays = references
      .filter(({ found }) => !changing.has(referenceId(found)))
      .map(({ found: { file, pointer, image } }) => ({ file, pointer, image }));
    return {
      source,
      target,
      size: first.proposal.size,
      members,
      ...(stays.length === 0 ? {} : { stays }),
      window: windowsOf(references),
    };
  };
  const updates = { push: collect("push"), prompt: collect("prompt"), notify: collect("notify") };
  return {
    ...(updates.push && { push: updates.push }),
    ...(updates.prompt && { prompt: updates.prompt }),
    ...(updates.notify && { notify: updates.notify }),
  };
}

function toMember({ found }: ReferenceWithEdits, { proposal }: ProposedEdits): readonly UpdateMember[] {
  const parsed = parseImageReference(found.image);
  if (parsed.kind === "invalid") return [];
  const { file, pointer, name, image } = found;
  const { domain, path } = parsed.reference;
  const { to, tag, digest, firstSeenMs } = proposal;
  return [
    {
      id: referenceId(found),
      file,
      pointer,
      name,
      from: image,
      to,
      domain,
      path,
      tag,
      ...(digest === undefined ? {} : { digest }),
      ...(firstSeenMs === undefined ? {} : { firstSeenMs }),
    },
  ];
}
