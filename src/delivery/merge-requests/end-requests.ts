import type { Forge } from "../../sources/forge.ts";
import type { KeptDocument } from "../../store/documents.ts";
import { TalosError } from "../../talos-error.ts";
import type { DeliveryMemory } from "../delivery-memory.ts";
import { describeUpdate } from "../describe-update.ts";
import type { DeliveryWork } from "../push/delivery-work.ts";
import { writeHeld } from "../push/write-held.ts";
import { updateEvent } from "../update-event.ts";
import { type KeptRequest, nameRequest } from "./merge-request.ts";
import { isOwn } from "./review-requests.ts";
import { settleRequest } from "./settle-request.ts";
import { tellForeign } from "./tell-foreign.ts";

/** Those of a source that are over, but for what is to be tidied up. */
export async function listEnding(
  source: string,
  { mergeRequests }: DeliveryMemory,
): Promise<readonly KeptDocument<KeptRequest>[]> {
  return (await mergeRequests.list(`${source} `)).filter(({ value }) => value.ending !== undefined);
}

/** Closes requests that are not wanted any more, and removes the branches of those that are over. */
export async function endRequests(forge: Forge, work: DeliveryWork): Promise<void> {
  for (const kept of await listEnding(work.source.id, work.ports.memory))
    try {
      await end(kept, forge, work);
    } catch (error) {
      work.signal.throwIfAborted();
      if (!(error instanceof TalosError) || error.code === "lease-lost" || error.code === "store-unreachable")
        throw error;
      await noteFailure(kept, error.message, work);
    }
}

async function end(kept: KeptDocument<KeptRequest>, forge: Forge, work: DeliveryWork): Promise<void> {
  const { source, ports, lease, signal } = work;
  const { branch, base, ending } = kept.value;
  const tip = await source.repository.readBranch(branch, signal);
  const found = ending?.comment === undefined ? undefined : await forge.find(branch, base, signal);
  if (found?.state === "merged") {
    const settled = await settleRequest(kept, found, ports);
    if ((await writeHeld(ports.store, settled, lease)) === "conflict") return;
    const now = await ports.memory.mergeRequests.get(kept.key);
    return now && end(now, forge, work);
  }
  if (found?.state === "open" && !isOwn(tip, kept.value)) return tellForeign(kept, work);
  if (found?.state === "open" && ending?.comment !== undefined) await forge.close(found.number, ending.comment, signal);
  if (tip !== undefined && isOwn(tip, kept.value)) await source.repository.deleteOwnBranch(branch, tip, signal);
  await forgetRequest(kept, work);
}

async function forgetRequest(
  { key, value, version }: KeptDocument<KeptRequest>,
  { ports: { store, memory, events, now }, lease }: DeliveryWork,
): Promise<void> {
  const { update } = value.latest.entry;
  const { number, url, ending } = value;
  const reason = ending?.comment?.replace(/^Closed by Talos: /, "");
  const told = updateEvent("merge-request-closed", update, {
    atMs: now(),
    cause: "scan",
    text: `${describeUpdate(update)}: ${nameRequest(value)} is closed: ${reason}`,
    ...(url === undefined ? {} : { link: url }),
    ...(number === undefined ? {} : { facts: { number } }),
  });
  const isTold = reason !== undefined && number !== undefined;
  await writeHeld(store, [memory.mergeRequests.delete(key, version), ...(isTold ? [events.append(told)] : [])], lease);
}

/** It is tried again after the next scan; the same failure is told once. */
async function noteFailure(
  { key, value, version }: KeptDocument<KeptRequest>,
  failure: string,
  { ports: { store, memory, events, now }, lease }: DeliveryWork,
): Promise<void> {
  if (value.ending?.failure === failure) return;
  const { update } = value.latest.entry;
  const told = updateEvent("retrying", update, {
    atMs: now(),
    text: `${describeUpdate(update)}: ${failure}`,
    facts: { reason: failure },
  });
  const ending = { ...value.ending, failure };
  await writeHeld(store, [memory.mergeRequests.put(key, { ...value, ending }, version), events.append(told)], lease);
}
