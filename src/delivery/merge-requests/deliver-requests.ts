/**
 * Delivers entries as merge requests: for each target one branch of Talos's own with one commit on top of the branch that
 * it is to be merged into, and one open request, which follows newer versions. What a newcomer would get wrong:
 *
 * - Every step may be the last one before a crash. So each looks first whether it was done already: the branch holds the
 *   update, the request is open. What was made is written down before it can be seen by others.
 * - A branch that holds what Talos did not make is never touched.
 */
import type { Forge, MergeRequest } from "../../sources/forge.ts";
import { TalosError } from "../../talos-error.ts";
import type { DeliveryWork } from "../push/delivery-work.ts";
import { editEntries } from "../push/edit-entries.ts";
import { dropEntry } from "../push/settle-entries.ts";
import { buryAll, retryAll, settleFailure } from "../push/settle-failure.ts";
import { writeMade } from "../push/write-held.ts";
import { isSameVersion } from "../queue/compare-updates.ts";
import type { KeyedEntry } from "../queue/decide-queue.ts";
import type { SourceReading } from "../scan/read-source.ts";
import type { KeptRequest } from "./merge-request.ts";
import { writeMergeRequestText } from "./merge-request-text.ts";
import { ownBranch } from "./own-branch.ts";
import { type BranchOutcome, putBranch } from "./put-branch.ts";
import { recordShown } from "./record-shown.ts";
import { isOwn } from "./review-requests.ts";
import { settleRequest } from "./settle-request.ts";
import { tellForeign } from "./tell-foreign.ts";

export async function deliverRequests(
  entries: readonly KeyedEntry[],
  forge: Forge,
  reading: SourceReading,
  work: DeliveryWork,
): Promise<void> {
  for (const [index, keyed] of entries.entries())
    try {
      await deliverRequest(keyed, forge, reading, work);
    } catch (error) {
      // What the server does not do now it will not do for the others either, and it may want to be left in peace.
      const isPassing = error instanceof TalosError && error.retryable;
      await settleFailure(error, isPassing ? entries.slice(index) : [keyed], work);
      if (isPassing) return;
    }
}

async function deliverRequest(
  keyed: KeyedEntry,
  forge: Forge,
  reading: SourceReading,
  work: DeliveryWork,
): Promise<void> {
  const { source, ports, signal } = work;
  const { update } = keyed.entry;
  const edited = editEntries([keyed], reading);
  const [failed] = edited.failed;
  if (failed !== undefined) return buryAll([keyed], failed.text, work);
  const branch = ownBranch(update.target, source.id);
  const base = reading.snapshot.head.branch;
  const tip = await source.repository.readBranch(branch, signal);
  const known = (await ports.memory.mergeRequests.get(keyed.key))?.value;
  if (!isOwn(tip, known)) return leaveAlone(keyed, branch, work);
  const found = await forge.find(branch, base, signal);
  if (await wasDecided(keyed, found, work)) return;
  const put = await putBranch(keyed, { known, branch, tip, edited, reading }, work);
  if (put.kind === "failed") return settlePut(keyed, put, work);
  const request = await show(put.request, found, forge, work);
  await recordShown(keyed, put.request.latest, request, work);
}

/** The open request with the text of the update, or a new one. */
async function show(
  { branch, base, latest }: KeptRequest,
  found: MergeRequest | undefined,
  forge: Forge,
  { signal }: DeliveryWork,
): Promise<MergeRequest> {
  const text = writeMergeRequestText(latest.entry.update);
  const request = found?.state === "open" ? found : await forge.open(branch, base, text, signal);
  if (request.title !== text.title || found?.state === "open") await forge.update(request.number, text, signal);
  return request;
}

/** Merged, or closed by somebody, since the last scan: this version is not shown again. */
async function wasDecided(
  { key, entry }: KeyedEntry,
  found: MergeRequest | undefined,
  { ports, lease }: DeliveryWork,
): Promise<boolean> {
  const isDecided = (kept: KeptRequest) =>
    found !== undefined &&
    found.state !== "open" &&
    kept.ending === undefined &&
    kept.number === found.number &&
    kept.shown !== undefined &&
    isSameVersion(kept.shown.entry.update, entry.update);
  const { mergeRequests } = ports.memory;
  const first = await mergeRequests.get(key);
  if (first === undefined || !isDecided(first.value)) return false;
  await writeMade(
    ports.store,
    async () => {
      const kept = await mergeRequests.get(key);
      return kept !== undefined && isDecided(kept.value) ? settleRequest(kept, found, ports) : [];
    },
    lease,
  );
  return true;
}

/** Somebody else works there. Where nothing is known of the branch, a person has to say what is to become of it. */
async function leaveAlone(keyed: KeyedEntry, branch: string, work: DeliveryWork): Promise<void> {
  const { memory, store } = work.ports;
  const kept = await memory.mergeRequests.get(keyed.key);
  if (kept === undefined) {
    const text = `there is a branch ${branch} with commits that Talos does not know: merge or remove it`;
    return buryAll([keyed], text, work);
  }
  await tellForeign(kept, work);
  const text = `somebody else works on ${branch}`;
  await writeMade(
    store,
    () => dropEntry(keyed, text, work.ports, { isSilent: keyed.entry.cause.kind === "policy" }),
    work.lease,
  );
}

function settlePut(
  keyed: KeyedEntry,
  { text, isPassing }: Extract<BranchOutcome, { kind: "failed" }>,
  work: DeliveryWork,
): Promise<void> {
  return isPassing ? retryAll([keyed], text, work) : buryAll([keyed], text, work);
}
