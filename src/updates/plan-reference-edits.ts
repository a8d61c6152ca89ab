import type { Edit } from "../files/edit.ts";
import type { FoundReference } from "../files/found-reference.ts";
import { placeKey } from "../files/hold-shared-places.ts";
import { planEdits } from "../files/plan-edits.ts";
import type { Policy } from "../policy/policy.ts";
import { type Proposal, type ReasonCode, type Verdict, verdictWithout, type Warning } from "./verdict.ts";

/** A reference whose look-ups are done. */
export interface DecidedReference {
  readonly found: FoundReference;
  readonly policy: Policy | undefined;
  readonly warnings: readonly Warning[];
  readonly verdict: Verdict;
}

/** A proposal with the places that change when it is taken. */
export interface ProposedEdits {
  readonly proposal: Proposal;
  readonly edits: readonly Edit[];
}

export type ReferenceWithEdits = DecidedReference & { readonly proposed: readonly ProposedEdits[] };

/**
 * Finds the places behind every proposal. A text that several references share (an anchor, a variable) is changed only
 * when they all want the same; otherwise each of them is held, with the reason.
 */
export function planReferenceEdits(references: readonly DecidedReference[]): readonly ReferenceWithEdits[] {
  const planned = references.map(planOwnEdits);
  const users = usersByPlace(planned);
  return holdWholeGroups(
    references,
    planned.map((reference) => holdWhereDivided(reference, users)),
  );
}

/** All members of a group change or none does: one that was held here holds the others. */
function holdWholeGroups(
  before: readonly DecidedReference[],
  after: readonly ReferenceWithEdits[],
): readonly ReferenceWithEdits[] {
  const heldNames = new Map<string, string>();
  for (const [index, { found, policy, proposed }] of after.entries()) {
    const wasGoing = (before[index]?.verdict.proposals.length ?? 0) > 0;
    if (policy?.sync !== undefined && wasGoing && proposed.length === 0) heldNames.set(policy.sync.group, found.name);
  }
  return after.map((reference) => {
    const name = heldNames.get(reference.policy?.sync?.group ?? "");
    if (name === undefined || reference.proposed.length === 0) return reference;
    return hold(
      reference,
      `${reference.policy?.sync?.group} waits for ${name}, whose text cannot be changed`,
      "group-waiting",
    );
  });
}

function planOwnEdits(reference: DecidedReference): ReferenceWithEdits {
  const proposed: ProposedEdits[] = [];
  for (const proposal of reference.verdict.proposals) {
    const plan = planEdits(reference.found, proposal.to);
    if (plan.kind === "refused") return hold(reference, plan.text);
    proposed.push({ proposal, edits: plan.edits });
  }
  return { ...reference, proposed };
}

function hold(reference: DecidedReference, text: string, code: ReasonCode = "ambiguous-owner"): ReferenceWithEdits {
  const { newest, ledger } = reference.verdict;
  const verdict = { ...verdictWithout("held", code, text), newest, ledger };
  return { ...reference, verdict, proposed: [] };
}

function usersByPlace(references: readonly ReferenceWithEdits[]): ReadonlyMap<string, readonly ReferenceWithEdits[]> {
  const users = new Map<string, ReferenceWithEdits[]>();
  for (const reference of references)
    for (const key of new Set(reference.found.segments.map(({ place }) => placeKey(place)))) {
      const known = users.get(key);
      if (known === undefined) users.set(key, [reference]);
      else known.push(reference);
    }
  return users;
}

function holdWhereDivided(
  reference: ReferenceWithEdits,
  users: ReadonlyMap<string, readonly ReferenceWithEdits[]>,
): ReferenceWithEdits {
  for (const { edits } of reference.proposed)
    for (const { place } of edits) {
      const key = placeKey(place);
      const sharing = users.get(key) ?? [];
      const owner = place.owner ?? "the text";
      // Who opted in at the variable itself has spoken for all who use it.
      const isOwnerOptedIn = sharing.some(({ found, policy }) => found.kind === "env" && policy !== undefined);
      for (const other of sharing) {
        if (other === reference || (isOwnerOptedIn && other.found.policy === undefined)) continue;
        const name = `${other.found.file}#${other.found.pointer}`;
        if (wishAt(key, other) !== wishAt(key, reference))
          return hold(reference, `${owner} is shared with ${name}, ${describeDissent(other)}`);
      }
    }
  return reference;
}

function describeDissent({ policy, verdict }: ReferenceWithEdits): string {
  if (policy === undefined) return "which has not opted in";
  return verdict.proposals.length === 0 ? `which is ${verdict.kind}` : "which would go elsewhere";
}

/** What a reference would have at a place, comparable between references. */
function wishAt(key: string, { proposed }: ReferenceWithEdits): string {
  return proposed
    .flatMap(({ proposal, edits }) =>
      edits.filter(({ place }) => placeKey(place) === key).map(({ to }) => `${proposal.strategy} ${to}`),
    )
    .join("\n");
}
