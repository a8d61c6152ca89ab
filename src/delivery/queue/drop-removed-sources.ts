import { questionClosed } from "../decisions/question-event.ts";
import type { DeliveryPorts } from "../delivery-ports.ts";
import { describeUpdate } from "../describe-update.ts";
import type { Update } from "../update.ts";
import { updateEvent } from "../update-event.ts";

/** What waits for a source that is configured no more is dropped, so that it stops nothing else. Decisions of people stay. */
export async function dropRemovedSources(present: readonly string[], ports: DeliveryPorts): Promise<void> {
  const { memory, store, events, now } = ports;
  const isPresent = (key: string) => present.includes(key.slice(0, key.indexOf(" ")));
  const cause = "configuration";
  const why = (update: Update) => `${update.source} is not configured any more`;
  const tell = (kind: "dropped" | "cleared", update: Update) =>
    events.append(updateEvent(kind, update, { atMs: now(), text: `${describeUpdate(update)}: ${why(update)}`, cause }));
  for (const { key, value, version } of await memory.queue.list(""))
    if (!isPresent(key)) await store.write([memory.queue.delete(key, version), tell("dropped", value.update)]);
  for (const { key, value, version } of await memory.questions.list(""))
    if (!isPresent(key)) {
      const told = questionClosed(value, why(value.update), now(), cause);
      await store.write([memory.questions.delete(key, version), events.append(told)]);
    }
  for (const { key, value, version } of await memory.deadLetters.list(""))
    if (!isPresent(key)) {
      const remove = memory.deadLetters.delete(key, version);
      await store.write("update" in value ? [remove, tell("cleared", value.update)] : [remove]);
    }
  // What of it cannot be read says nothing that could be told.
  for (const documents of [memory.queue, memory.questions, memory.deadLetters])
    for (const { key, version } of await documents.listUnreadable(""))
      if (!isPresent(key)) await store.write([documents.delete(key, version)]);
  await forgetReservations(present, ports);
}

/** Room that a removed source had taken. */
async function forgetReservations(present: readonly string[], { memory, store }: DeliveryPorts): Promise<void> {
  for (const { key, value, version } of await memory.throttles.list("")) {
    const kept = Object.entries(value.reserved).filter(([source]) => present.includes(source));
    if (kept.length === Object.keys(value.reserved).length) continue;
    await store.write([memory.throttles.put(key, { reserved: Object.fromEntries(kept) }, version)]);
  }
}
