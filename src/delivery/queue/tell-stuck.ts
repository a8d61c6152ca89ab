import type { WaitingEntry } from "../delivery.ts";
import type { DeliveryPorts } from "../delivery-ports.ts";
import { describeUpdate } from "../describe-update.ts";
import { updateEvent } from "../update-event.ts";

/** Once for each entry that will wait until somebody changes a setting. */
export async function tellStuck(
  waiting: readonly WaitingEntry[],
  { store, memory, events, now }: DeliveryPorts,
): Promise<void> {
  for (const { key, wait } of waiting) {
    if (wait.kind !== "limit-zero" && wait.kind !== "too-large") continue;
    const kept = await memory.queue.get(key);
    if (kept === undefined || kept.value.isStuckTold === true) continue;
    const { update } = kept.value;
    const told = updateEvent("waiting", update, {
      atMs: now(),
      text: `${describeUpdate(update)} is held: ${wait.text}`,
      facts: { reason: wait.text },
    });
    await store.write([memory.queue.put(key, { ...kept.value, isStuckTold: true }, kept.version), events.append(told)]);
  }
}
