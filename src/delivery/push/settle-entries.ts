/** What becomes of entries that are not committed, or not yet: each function gives the changes that go into one write. */
import type { Change } from "../../store/store.ts";
import type { DeliveryPorts } from "../delivery-ports.ts";
import { describeUpdate } from "../describe-update.ts";
import { attemptLimit, backOffMs } from "../queue/back-off.ts";
import { compareUpdates } from "../queue/compare-updates.ts";
import type { KeyedEntry } from "../queue/decide-queue.ts";
import type { DeadLetter, QueueEntry } from "../queue/queue-entry.ts";
import type { Update } from "../update.ts";
import { updateEvent } from "../update-event.ts";

/** An entry that was replaced while it was at work on is somebody else's by now. */
async function current({ key, entry }: KeyedEntry, { memory }: DeliveryPorts) {
  const kept = await memory.queue.get(key);
  return kept !== undefined && JSON.stringify(kept.value.update) === JSON.stringify(entry.update) ? kept : undefined;
}

export async function dropEntry(
  keyed: KeyedEntry,
  text: string,
  ports: DeliveryPorts,
  { isSilent = false } = {},
): Promise<readonly Change[]> {
  const kept = await current(keyed, ports);
  if (kept === undefined) return [];
  const { memory, events, now } = ports;
  const { update } = keyed.entry;
  const told = updateEvent("dropped", update, {
    atMs: now(),
    text: `${describeUpdate(update)} is dropped: ${text}`,
    facts: { reason: text },
  });
  return [memory.queue.delete(keyed.key, kept.version), ...(isSilent ? [] : [events.append(told)])];
}

export async function replaceEntry(
  keyed: KeyedEntry,
  update: Update,
  ports: DeliveryPorts,
): Promise<readonly Change[]> {
  const kept = await current(keyed, ports);
  if (kept === undefined) return [];
  const { memory, events, now, random } = ports;
  const attempts = kept.value.attempts + 1;
  // What is decided again and again, as when two mirrors disagree, is not decided without a pause.
  if (attempts >= attemptLimit)
    return buryEntry(keyed, `it was decided again ${attempts} times, each time anew`, ports);
  const pause = attempts === 1 ? {} : { notBeforeMs: now() + backOffMs(attempts - 1, random()) };
  const { cause, queuedMs, trace } = kept.value;
  const lastError = "it had to be decided again";
  const entry: QueueEntry = { update, cause, queuedMs, attempts, ...pause, lastError, trace };
  const told = updateEvent("superseded", update, { atMs: now(), text: `${describeUpdate(update)}: decided again` });
  return [memory.queue.put(keyed.key, entry, kept.version), events.append(told)];
}

/** After a failure that may pass, `afterSeconds` at the earliest; when it does not for too long, a dead letter. */
export async function retryEntry(
  keyed: KeyedEntry,
  text: string,
  ports: DeliveryPorts,
  afterSeconds = 0,
): Promise<readonly Change[]> {
  const kept = await current(keyed, ports);
  if (kept === undefined) return [];
  const { memory, events, now, random } = ports;
  const attempts = kept.value.attempts + 1;
  if (attempts >= attemptLimit) return buryEntry(keyed, `it failed ${attempts} times: ${text}`, ports);
  const notBeforeMs = now() + Math.max(backOffMs(attempts, random()), afterSeconds * 1000);
  const entry: QueueEntry = { ...kept.value, attempts, notBeforeMs, lastError: text };
  const { update } = entry;
  const told = updateEvent("retrying", update, {
    atMs: now(),
    text: `${describeUpdate(update)} is tried again: ${text}`,
    facts: { attempts, notBeforeMs, reason: text },
  });
  return [memory.queue.put(keyed.key, entry, kept.version), events.append(told)];
}

/** A dead letter. The same version that failed before in the same way is not told of again. */
export async function buryEntry(keyed: KeyedEntry, reason: string, ports: DeliveryPorts): Promise<readonly Change[]> {
  const kept = await current(keyed, ports);
  if (kept === undefined) return [];
  const { memory, events, now } = ports;
  const { update, cause, attempts } = kept.value;
  const known = await memory.deadLetters.get(keyed.key);
  const letter: DeadLetter = { update, cause, reason, attempts: attempts + 1, atMs: now() };
  const isKnown =
    known !== undefined &&
    "update" in known.value &&
    known.value.reason === reason &&
    ["same", "refreshed"].includes(compareUpdates(known.value.update, update));
  const told = updateEvent("dead-lettered", update, {
    atMs: now(),
    text: `${describeUpdate(update)} failed: ${reason}`,
    facts: { reason },
  });
  return [
    memory.queue.delete(keyed.key, kept.version),
    memory.deadLetters.put(keyed.key, letter, known?.version ?? 0),
    ...(isKnown ? [] : [events.append(told)]),
  ];
}
