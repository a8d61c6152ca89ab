import type { KeptDocument } from "../../store/documents.ts";
import { currentTrace } from "../../telemetry/trace.ts";
import type { KeptDeadLetter } from "../delivery.ts";
import type { KeptLetter } from "../delivery-memory.ts";
import type { DeliveryPorts } from "../delivery-ports.ts";
import { describeUpdate } from "../describe-update.ts";
import { updateEvent } from "../update-event.ts";
import { enqueueUpdate } from "./enqueue-update.ts";

export async function listDeadLetters({ memory }: DeliveryPorts): Promise<readonly KeptDeadLetter[]> {
  return (await memory.deadLetters.list("")).map(({ key, value }) =>
    "update" in value ? { key, letter: value, text: value.reason } : { key, letter: undefined, text: value.unreadable },
  );
}

/** Queues dead letters again. One that cannot be read stays. */
export function replayDeadLetters(
  keys: readonly string[] | "all",
  actor: string,
  ports: DeliveryPorts,
): Promise<readonly string[]> {
  return each(keys, ports, async ({ key, value, version }) => {
    if (!("update" in value)) return undefined;
    const { memory, events, now } = ports;
    const entry = await memory.queue.get(key);
    const placed = enqueueUpdate(
      entry?.value,
      { update: value.update, cause: { kind: "replay", actor, atMs: now() }, trace: currentTrace() },
      now(),
    );
    const told = updateEvent("replayed", value.update, {
      atMs: now(),
      actor,
      cause: actor,
      text: `${describeUpdate(value.update)}: ${placed.kind === "refused" ? placed.text : "queued again"}`,
    });
    return [
      memory.deadLetters.delete(key, version),
      ...(placed.kind === "unchanged" || placed.kind === "refused"
        ? []
        : [memory.queue.put(key, placed.entry, entry?.version ?? 0)]),
      events.append(told),
    ];
  });
}

export function clearDeadLetters(
  keys: readonly string[] | "all",
  actor: string,
  ports: DeliveryPorts,
): Promise<readonly string[]> {
  return each(keys, ports, async ({ key, value, version }) => {
    const { memory, events, now } = ports;
    const remove = memory.deadLetters.delete(key, version);
    if (!("update" in value)) return [remove];
    const text = `${describeUpdate(value.update)}: its dead letter is dropped`;
    return [remove, events.append(updateEvent("cleared", value.update, { atMs: now(), actor, cause: actor, text }))];
  });
}

const tries = 20;

/** The keys of those it was done for. */
async function each(
  keys: readonly string[] | "all",
  { memory, store }: DeliveryPorts,
  make: (letter: KeptDocument<KeptLetter>) => Promise<Parameters<DeliveryPorts["store"]["write"]>[0] | undefined>,
): Promise<readonly string[]> {
  const wanted = keys === "all" ? (await memory.deadLetters.list("")).map(({ key }) => key) : keys;
  const done: string[] = [];
  for (const key of wanted)
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const letter = await memory.deadLetters.get(key);
      const changes = letter && (await make(letter));
      if (changes === undefined) break;
      if ((await store.write(changes)) !== "written") continue;
      done.push(key);
      break;
    }
  return done;
}
