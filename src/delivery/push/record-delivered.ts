/** What is written when an update has arrived: all of it in one step, the first time and never twice. */
import type { Lease } from "../../store/store.ts";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";
import { describeUpdate } from "../describe-update.ts";
import { compareUpdates } from "../queue/compare-updates.ts";
import type { KeyedEntry } from "../queue/decide-queue.ts";
import { updateEvent } from "../update-event.ts";
import { countImages, forgetTarget, settleDelivered } from "./settle-delivered.ts";
import { writeMade } from "./write-held.ts";

/** Entries that one commit has brought to the branch. */
export async function recordDelivered(
  source: Source,
  entries: readonly KeyedEntry[],
  commit: string,
  ports: DeliveryPorts,
  lease: Lease,
): Promise<void> {
  const { store, memory, now } = ports;
  await writeMade(
    store,
    async () => {
      // Gone: another process has found the commit on the branch and recorded it.
      const intention = await memory.intentions.get(source.id);
      if (intention === undefined) return [];
      const place = { commit, link: source.commitUrl(commit) };
      const settled = await Promise.all(entries.map((keyed) => settleDelivered(keyed, place, ports)));
      const counted = entries.flatMap((keyed) => countImages(keyed, commit, ports));
      return [
        memory.intentions.delete(source.id, intention.version),
        memory.branches.put(source.id, { head: commit, cooldownUntilMs: now() + source.cooldownSeconds * 1000 }),
        ...settled.flat(),
        ...counted,
      ];
    },
    lease,
  );
}

/** An entry whose files say already what it wants; nobody knows who wrote it. */
export async function recordVerified(
  source: Source,
  keyed: KeyedEntry,
  ports: DeliveryPorts,
  lease: Lease,
): Promise<void> {
  await writeMade(
    ports.store,
    async () => {
      const { update } = keyed.entry;
      const kept = await ports.memory.queue.get(keyed.key);
      // Gone, or replaced by what is newer: it is not what the queue waits for any more, and may have been told as delivered.
      if (kept === undefined || compareUpdates(update, kept.value.update) === "newer") return [];
      const told = updateEvent("verified", update, {
        atMs: ports.now(),
        text: `${describeUpdate(update)} is in ${source.id} already`,
      });
      const why = `${describeUpdate(update)} is delivered`;
      return [...(await forgetTarget(keyed, why, ports)), ports.events.append(told)];
    },
    lease,
  );
}
