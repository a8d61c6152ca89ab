import type { TalosEvent } from "../../events/event.ts";
import type { DeliveryPorts } from "../delivery-ports.ts";
import { describeUpdate } from "../describe-update.ts";
import type { QueueEntry } from "../queue/queue-entry.ts";
import { targetKey } from "../update.ts";
import { updateEvent } from "../update-event.ts";
import type { Quarantine } from "./quarantine.ts";

const tries = 20;

/** False when somebody holds it already. */
export function holdTarget(source: string, target: string, actor: string, ports: DeliveryPorts): Promise<boolean> {
  return change(source, target, actor, ports, (known) => {
    if (known.some(({ kind }) => kind === "held")) return undefined;
    return { next: [...known, { kind: "held", actor, atMs: ports.now(), members: [] }], kind: "held" };
  });
}

/** Lifts holds, reverts and refusals. False when there was none. */
export function unholdTarget(source: string, target: string, actor: string, ports: DeliveryPorts): Promise<boolean> {
  return change(source, target, actor, ports, (known) =>
    known.length === 0 ? undefined : { next: [], kind: "lifted" },
  );
}

interface QuarantineChange {
  readonly next: Quarantine;
  readonly kind: "held" | "lifted";
}

async function change(
  source: string,
  target: string,
  actor: string,
  { store, memory, events, now }: DeliveryPorts,
  decide: (known: Quarantine) => QuarantineChange | undefined,
): Promise<boolean> {
  const key = targetKey({ source, target });
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const known = await memory.quarantine.get(key);
    const wanted = decide(known?.value ?? []);
    if (wanted === undefined) return false;
    const entry = wanted.kind === "held" ? await memory.queue.get(key) : undefined;
    const told: TalosEvent = {
      kind: wanted.kind,
      atMs: now(),
      actor,
      cause: actor,
      source,
      subject: target,
      text:
        wanted.kind === "held" ? `${target} is held: nothing of it is delivered` : `${target} may be delivered again`,
    };
    const tellDropped = ({ update }: QueueEntry) =>
      updateEvent("dropped", update, {
        atMs: now(),
        actor,
        cause: actor,
        text: `${describeUpdate(update)} is dropped: ${actor} holds it`,
        facts: { reason: `${actor} holds it` },
      });
    const outcome = await store.write([
      wanted.next.length === 0
        ? memory.quarantine.delete(key, known?.version)
        : memory.quarantine.put(key, wanted.next, known?.version ?? 0),
      ...(entry === undefined
        ? []
        : [memory.queue.delete(key, entry.version), events.append(tellDropped(entry.value))]),
      memory.stale.put(source, { atMs: now() }),
      events.append(told),
    ]);
    if (outcome === "written") return true;
  }
  throw new Error(`${key} could not be changed: others were quicker ${tries} times`);
}
