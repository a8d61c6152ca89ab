import type { DeliveryPorts } from "../delivery-ports.ts";

/** An entry of the queue that cannot be read becomes a dead letter with its text, so that it stops nothing else. */
export async function setAsideUnreadable(source: string, { memory, store, events, now }: DeliveryPorts): Promise<void> {
  for (const { key, value, version } of await memory.queue.listUnreadable(`${source} `)) {
    const subject = key.slice(source.length + 1);
    await store.write([
      memory.queue.delete(key, version),
      memory.deadLetters.put(key, { unreadable: value, atMs: now() }),
      events.append({
        kind: "dead-lettered",
        atMs: now(),
        actor: "talos",
        cause: "queue",
        source,
        subject,
        text: `the queue's entry for ${subject} cannot be read; it is set aside`,
      }),
    ]);
  }
}
