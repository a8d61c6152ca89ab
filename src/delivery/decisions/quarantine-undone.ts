import type { TalosEvent } from "../../events/event.ts";
import type { KeptDocument } from "../../store/documents.ts";
import type { Change } from "../../store/store.ts";
import type { Delivered } from "../delivery-memory.ts";
import type { DeliveryPorts } from "../delivery-ports.ts";
import { describeUpdate } from "../describe-update.ts";
import type { Update } from "../update.ts";
import { updateEvent } from "../update-event.ts";
import { findUndone, type ImageAt } from "./find-undone.ts";
import type { Quarantine } from "./quarantine.ts";

/** Quarantines every delivered update that the source has not any more, and forgets those that were moved on from. */
export async function quarantineUndone(
  delivered: readonly KeptDocument<Delivered>[],
  imageAt: ImageAt,
  commit: string,
  ports: DeliveryPorts,
): Promise<void> {
  for (const document of delivered) {
    const fate = findUndone(document.value, imageAt);
    if (fate === "moved-on") await ports.store.write([ports.memory.delivered.delete(document.key, document.version)]);
    if (fate === "undone") await quarantine(document, commit, ports);
  }
}

const tries = 20;

/** Once: what was delivered is forgotten in the same step, and only as long as it is the latest delivery. */
async function quarantine(
  { key, value, version }: KeptDocument<Delivered>,
  commit: string,
  { store, memory, events, now }: DeliveryPorts,
): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const latest = await memory.delivered.get(key);
    if (latest?.version !== version) return;
    const known = await memory.quarantine.get(key);
    const versions = addVersion(known?.value ?? [], "reverted", value.update, `commit ${commit.slice(0, 8)}`, now());
    const changes: readonly Change[] = [
      memory.delivered.delete(key, version),
      memory.quarantine.put(key, versions, known?.version ?? 0),
      events.append(tellUndone(value, commit, now())),
    ];
    if ((await store.write(changes)) === "written") return;
  }
  throw new Error(`that ${key} was undone could not be kept: others were quicker ${tries} times`);
}

/** A version with its digests, so that it is not proposed again. It takes the place of the same tags' last refusal. */
export function addVersion(
  quarantine: Quarantine,
  kind: "reverted" | "declined",
  { members }: Update,
  actor: string,
  atMs: number,
): Quarantine {
  const versions = members.map(({ id, tag, digest }) => ({ id, tag, ...(digest === undefined ? {} : { digest }) }));
  const tagsOf = (those: Quarantine[number]["members"]) => JSON.stringify(those.map(({ id, tag }) => [id, tag]));
  const others = quarantine.filter((one) => one.kind !== kind || tagsOf(one.members) !== tagsOf(versions));
  return [...others, { kind, actor, atMs, members: versions }];
}

function tellUndone({ update, commit: ours }: Delivered, commit: string, atMs: number): TalosEvent {
  const text = `${describeUpdate(update)} was undone; it is not proposed again until a newer version comes`;
  return updateEvent("reverted", update, {
    atMs,
    text,
    cause: "scan",
    commit,
    ...(ours === undefined ? {} : { facts: { undone: ours } }),
  });
}
