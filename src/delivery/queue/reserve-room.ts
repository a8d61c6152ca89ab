/**
 * Decides which entries of a source may go now, and takes the room they need in the throttled registries, so that
 * deliveries of other sources see it taken. A reservation is given back when the outcome is known; one that a dead process
 * left behind is given back by the next delivery of its source.
 */
import type { Change, Lease } from "../../store/store.ts";
import type { WaitingEntry } from "../delivery.ts";
import type { DeliveryMemory } from "../delivery-memory.ts";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";
import { writeHeld } from "../push/write-held.ts";
import { decideQueue, type KeyedEntry } from "./decide-queue.ts";

export interface Allowed {
  readonly ready: readonly KeyedEntry[];
  /** Of this source; why, and until when. */
  readonly waiting: readonly WaitingEntry[];
}

const tries = 50;

export async function reserveRoom(source: Source, ports: DeliveryPorts, lease: Lease): Promise<Allowed> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const decided = (await decideAll(ports, source)).filter(({ entry }) => entry.update.source === source.id);
    const ready = decided.filter(({ wait }) => wait.kind === "ready");
    const changes = await reserve(source.id, ready, ports);
    const allowed = { ready, waiting: decided.filter(({ wait }) => wait.kind !== "ready") };
    if (changes.length === 0 || (await writeHeld(ports.store, changes, lease)) === "written") return allowed;
  }
  throw new Error(`no room could be reserved for ${source.id}: others were quicker ${tries} times`);
}

/** Every entry of the queue with what it waits for; of one source alone where no registry is throttled. */
export async function decideAll(
  ports: Pick<DeliveryPorts, "memory" | "store" | "throttles" | "timeZone" | "now">,
  source?: Source,
): Promise<readonly WaitingEntry[]> {
  const { memory, store, throttles, timeZone, now } = ports;
  const nowMs = now();
  const isAlone = source !== undefined && throttles.size === 0;
  const entries = await memory.queue.list(isAlone ? `${source.id} ` : "");
  const reserved = new Map<string, number>();
  for (const { key, value } of throttles.size === 0 ? [] : await memory.throttles.list(""))
    reserved.set(
      key,
      Object.values(value.reserved).reduce((sum, images) => sum + images, 0),
    );
  const counted = new Map(
    await Promise.all(
      [...throttles].map(
        async ([domain, { perSeconds }]) =>
          [domain, await store.window(windowName(domain)).since(nowMs - perSeconds * 1000)] as const,
      ),
    ),
  );
  return decideQueue(
    entries.map(({ key, value }) => ({ key, entry: value })),
    { nowMs, timeZone, throttles, counted, reserved, cooldownUntil: await readCooldowns(memory) },
  );
}

/** Images of a registry that were delivered. */
export function windowName(domain: string): string {
  return `delivered ${domain}`;
}

/** Kept with the end of the cooldown, so that every process knows it whatever source it is at work for. */
async function readCooldowns({ branches }: DeliveryMemory): Promise<ReadonlyMap<string, number>> {
  const known = await branches.list("");
  return new Map(
    known.flatMap(({ key, value }) => (value.cooldownUntilMs === undefined ? [] : [[key, value.cooldownUntilMs]])),
  );
}

/** Also where nothing is ready: what this source had reserved before is given back. */
async function reserve(
  source: string,
  ready: readonly KeyedEntry[],
  { memory, throttles }: DeliveryPorts,
): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const domain of throttles.keys()) {
    const document = await memory.throttles.get(domain);
    const images = ready
      .flatMap(({ entry }) => (entry.isRebuild === true ? [] : entry.update.members))
      .filter((member) => member.domain === domain).length;
    const { [source]: before = 0, ...others } = document?.value.reserved ?? {};
    if (images === 0 && before === 0) continue;
    const reserved = images === 0 ? others : { ...others, [source]: images };
    changes.push(memory.throttles.put(domain, { reserved }, document?.version ?? 0));
  }
  return changes;
}

/** Gives back what the source has reserved, once its images are counted or will not be delivered. */
export async function releaseRoom(source: string, ports: DeliveryPorts, lease: Lease): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const changes = await reserve(source, [], ports);
    if (changes.length === 0 || (await writeHeld(ports.store, changes, lease)) === "written") return;
  }
}
