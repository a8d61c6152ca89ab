import type { KeptDocument } from "../../store/documents.ts";
import { describeUpdate } from "../describe-update.ts";
import type { DeliveryWork } from "../push/delivery-work.ts";
import { writeHeld } from "../push/write-held.ts";
import { updateEvent } from "../update-event.ts";
import { type KeptRequest, nameRequest } from "./merge-request.ts";

/** Says, once, that somebody else works on the branch, and remembers it. */
export async function tellForeign(
  { key, value, version }: KeptDocument<KeptRequest>,
  { ports: { store, memory, events, now }, lease }: DeliveryWork,
): Promise<void> {
  if (value.isForeign === true) return;
  const { update } = value.latest.entry;
  const told = updateEvent("waiting", update, {
    atMs: now(),
    text: `${describeUpdate(update)}: somebody has pushed to ${value.branch}; it is left alone until ${nameRequest(value)} is merged or closed`,
    ...(value.url === undefined ? {} : { link: value.url }),
  });
  const changes = [memory.mergeRequests.put(key, { ...value, isForeign: true }, version), events.append(told)];
  await writeHeld(store, changes, lease);
}
