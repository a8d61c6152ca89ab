/** Tries to bring entries to the branch, again and again as long as others are quicker. */
import { inSpan } from "../../telemetry/trace.ts";
import { deliverRequests } from "../merge-requests/deliver-requests.ts";
import type { KeyedEntry } from "../queue/decide-queue.ts";
import { readSource, type SourceReading } from "../scan/read-source.ts";
import { type CheckedEntry, checkEntries } from "./check-entries.ts";
import type { DeliveryWork } from "./delivery-work.ts";
import { pushEntries } from "./push-entries.ts";
import { recordVerified } from "./record-delivered.ts";
import { forgetCommits, recoverPush } from "./recover-push.ts";
import { buryEntry, dropEntry, replaceEntry, retryEntry } from "./settle-entries.ts";
import { retryAll, settleFailure } from "./settle-failure.ts";
import { writeMade } from "./write-held.ts";

/** Each push that is too late means that somebody else's has landed: whoever tries on gets a turn. */
const pushTries = 30;
const pauseMs = 500;

export async function deliverEntries(ready: readonly KeyedEntry[], work: DeliveryWork): Promise<void> {
  let left: Left = { entries: ready, reading: undefined };
  try {
    for (let attempt = 0; attempt < pushTries && left.entries.length > 0; attempt += 1) {
      await pauseBefore(attempt, work);
      left = await inSpan("talos", "deliver", { "talos.attempt": attempt + 1 }, () => tryOnce(left, work));
    }
    await retryAll(left.entries, `the branch moved ${pushTries} times while it was pushed to`, work);
  } catch (error) {
    await settleFailure(error, left.entries, work);
  }
}

/** Shorter each time, so that among many writers those who have waited long are the quickest. */
async function pauseBefore(attempt: number, { ports, signal }: DeliveryWork): Promise<void> {
  if (attempt > 0) await ports.pause((ports.random() * pauseMs) / attempt, signal);
}

/** What is to be delivered yet, and what the branch was when that was last tried. */
interface Left {
  readonly entries: readonly KeyedEntry[];
  readonly reading: SourceReading | undefined;
  readonly rejected?: string | undefined;
}

/** One commit and one push, or one merge request for each entry. Gives what has to be tried again because the branch has moved. */
async function tryOnce({ entries, reading: former, rejected }: Left, work: DeliveryWork): Promise<Left> {
  const { source, ports, lease, signal } = work;
  const { repository } = source;
  const latest = former?.snapshot.head;
  const head = await (latest === undefined ? repository.readHead(signal) : repository.refresh(latest, signal));
  // What arrived late is recorded before anything is built upon it.
  if (!(await recoverPush(source, head, ports, lease, signal)) && rejected !== undefined)
    await forgetCommits(source, ({ id }) => id === rejected, ports, lease);
  const reading = await readSource(source, head, ports, signal, former);
  // Digests were read again a moment ago; only the files have moved since.
  const areDigestsFresh = former !== undefined;
  const checked = await checkEntries(source, entries, reading, ports, { areDigestsFresh, signal });
  for (const one of checked) await settleChecked(one, work);
  const going = checked.flatMap(({ key, entry, fate }) => (fate === "go" ? [{ key, entry }] : []));
  if (source.forge === undefined) {
    const pushed = await pushEntries(going, reading, work);
    return { entries: pushed.left, reading, rejected: pushed.rejected };
  }
  await deliverRequests(going, source.forge, reading, work);
  return { entries: [], reading };
}

async function settleChecked(checked: CheckedEntry, { source, ports, lease }: DeliveryWork): Promise<void> {
  const { key, entry } = checked;
  const keyed = { key, entry };
  switch (checked.fate) {
    case "go":
      return;
    case "verified":
      return recordVerified(source, keyed, ports, lease);
    case "drop":
      return writeMade(ports.store, () => dropEntry(keyed, checked.text, ports), lease);
    case "replace":
      return writeMade(ports.store, () => replaceEntry(keyed, checked.update, ports), lease);
    case "retry":
      return writeMade(ports.store, () => retryEntry(keyed, checked.text, ports), lease);
    case "dead":
      return writeMade(ports.store, () => buryEntry(keyed, checked.text, ports), lease);
  }
}
