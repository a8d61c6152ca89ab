import { TalosError } from "../../talos-error.ts";
import type { KeyedEntry } from "../queue/decide-queue.ts";
import type { SourceReading } from "../scan/read-source.ts";
import { commitEntries } from "./commit-entries.ts";
import type { DeliveryWork } from "./delivery-work.ts";
import { recordDelivered } from "./record-delivered.ts";
import { forgetCommits, recoverPush } from "./recover-push.ts";
import { buryEntry } from "./settle-entries.ts";
import { buryAll, retryAll } from "./settle-failure.ts";
import { writeMade } from "./write-held.ts";

export interface PushResult {
  /** What has to be tried again because the branch has moved. */
  readonly left: readonly KeyedEntry[];
  /**
   * The commit that came too late, as far as the server said: a connection that was lost and made anew has sent it twice,
   * and the second time it is refused because of the first. The branch tells, when it is looked at again.
   */
  readonly rejected?: string;
}

/** One commit and one push. */
export async function pushEntries(
  going: readonly KeyedEntry[],
  reading: SourceReading,
  work: DeliveryWork,
): Promise<PushResult> {
  const { source, ports, lease, signal } = work;
  const committed = await commitEntries(source, going, reading, ports, lease, signal);
  for (const { keyed, text } of committed.failed)
    await writeMade(ports.store, () => buryEntry(keyed, text, ports), lease);
  if (committed.commit === undefined) return { left: [] };
  const { commit } = committed;
  const pushed = await source.repository.push(commit, reading.snapshot.head, signal);
  switch (pushed.kind) {
    case "pushed":
      await recordDelivered(source, committed.entries, commit, ports, lease);
      return { left: [] };
    case "moved":
      return { left: committed.entries, rejected: commit };
    case "refused":
      if (await hasArrived(work)) return { left: [] };
      await forgetCommits(source, ({ id }) => id === commit, ports, lease);
      await buryAll(
        committed.entries,
        pushed.hint === undefined ? pushed.text : `${pushed.text}: ${pushed.hint}`,
        work,
      );
      return { left: [] };
    case "uncertain":
      if (!(await hasArrived(work))) await retryAll(committed.entries, pushed.text, work);
      return { left: [] };
  }
}

/** Where it cannot be found out now either, the next delivery begins by finding out. */
async function hasArrived(work: DeliveryWork): Promise<boolean> {
  try {
    return await recover(work);
  } catch (error) {
    work.signal.throwIfAborted();
    if (error instanceof TalosError && error.retryable) return false;
    throw error;
  }
}

/** Finds out what became of a push that is open, if there is one. */
export async function recover({ source, ports, lease, signal }: DeliveryWork): Promise<boolean> {
  return recoverPush(source, await source.repository.readHead(signal), ports, lease, signal);
}
