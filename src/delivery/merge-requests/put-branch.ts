import { rememberCommit } from "../own-commit.ts";
import { commitEdited, type MadeCommit } from "../push/commit-edited.ts";
import type { DeliveryWork } from "../push/delivery-work.ts";
import type { EditedEntries } from "../push/edit-entries.ts";
import { writeMade } from "../push/write-held.ts";
import type { KeyedEntry } from "../queue/decide-queue.ts";
import type { SourceReading } from "../scan/read-source.ts";
import type { Update } from "../update.ts";
import { describeBasis } from "./describe-basis.ts";
import { addMade, type Basis, type KeptRequest } from "./merge-request.ts";

/** The branch of a target as it is, and what it is to hold. */
export interface BranchWish {
  readonly known: KeptRequest | undefined;
  readonly branch: string;
  /** Where it is now; undefined: there is none. It is Talos's own. */
  readonly tip: string | undefined;
  readonly edited: EditedEntries;
  readonly reading: SourceReading;
}

export type BranchOutcome =
  /** The branch is at the latest commit of that request. */
  | { readonly kind: "put"; readonly request: KeptRequest }
  | { readonly kind: "failed"; readonly text: string; readonly isPassing: boolean };

/** Puts the branch to a new commit on top of its base, unless it is at one already that was made of the same files. */
export async function putBranch(keyed: KeyedEntry, wish: BranchWish, work: DeliveryWork): Promise<BranchOutcome> {
  const { known, branch, tip, edited, reading } = wish;
  const { source, signal } = work;
  const basis = describeBasis([...edited.texts.keys()], reading.snapshot);
  if (known !== undefined && tip === known.made.at(-1) && holds(known, keyed.entry.update, basis))
    return { kind: "put", request: { ...known, latest: { ...known.latest, entry: keyed.entry } } };
  const made = await commitEdited(source, edited, reading, signal);
  const request = await remember(keyed, made, basis, wish, work);
  const outcome = await source.repository.putOwnBranch(branch, made.id, tip, signal);
  switch (outcome.kind) {
    case "pushed":
      return { kind: "put", request };
    case "moved":
      return { kind: "failed", text: `somebody else changed ${branch} at the same time`, isPassing: true };
    case "refused": {
      const text = outcome.hint === undefined ? outcome.text : `${outcome.text}: ${outcome.hint}`;
      return { kind: "failed", text, isPassing: false };
    }
    case "uncertain":
      return { kind: "failed", text: outcome.text, isPassing: true };
  }
}

function holds({ latest }: KeptRequest, update: Update, basis: Basis): boolean {
  const texts = ({ members }: Update) => JSON.stringify(members.map(({ id, from, to }) => [id, from, to]));
  return latest.basis.digest === basis.digest && texts(latest.entry.update) === texts(update);
}

/** Before it is pushed, so that after a crash the branch is known for Talos's own. */
async function remember(
  { key, entry }: KeyedEntry,
  made: MadeCommit,
  basis: Basis,
  { known, branch, reading }: BranchWish,
  { source, ports, lease }: DeliveryWork,
): Promise<KeptRequest> {
  const { store, memory, now } = ports;
  const { id: commit } = made;
  const request: KeptRequest = {
    ...known,
    branch,
    base: reading.snapshot.head.branch,
    made: addMade(known?.made ?? [], commit),
    latest: { commit, entry, basis },
    atMs: now(),
  };
  await writeMade(
    store,
    async () => {
      const kept = await memory.mergeRequests.get(key);
      return [memory.mergeRequests.put(key, request, kept?.version ?? 0), rememberCommit(source, made, ports)];
    },
    lease,
  );
  return request;
}
