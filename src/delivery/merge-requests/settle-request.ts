/** What is written when a merge request has come to its end: changes that go into one write. */
import type { MergeRequest } from "../../sources/forge.ts";
import type { KeptDocument } from "../../store/documents.ts";
import type { Change } from "../../store/store.ts";
import { addVersion } from "../decisions/quarantine-undone.ts";
import type { DeliveryPorts } from "../delivery-ports.ts";
import { describeUpdate } from "../describe-update.ts";
import { settleDelivered } from "../push/settle-delivered.ts";
import { isSameVersion } from "../queue/compare-updates.ts";
import type { Update } from "../update.ts";
import { updateEvent } from "../update-event.ts";
import { type KeptRequest, nameRequest } from "./merge-request.ts";

/**
 * Merged, its update is delivered; closed by somebody, its version is refused until a newer one comes; vanished, nothing is
 * known. What remains to be done is to remove its branch.
 */
export async function settleRequest(
  { key, value, version }: KeptDocument<KeptRequest>,
  found: MergeRequest | undefined,
  ports: DeliveryPorts,
): Promise<readonly Change[]> {
  const { memory } = ports;
  const over = memory.mergeRequests.put(key, { ...value, ending: {} }, version);
  const { shown } = value;
  if (shown === undefined || found === undefined) return [over];
  const keyed = { key, entry: shown.entry };
  if (found.state === "merged")
    return [over, ...(await settleDelivered(keyed, { commit: undefined, link: found.url }, ports))];
  return [over, ...(await decline(keyed, found, ports))];
}

async function decline(
  { key, entry: { update } }: { readonly key: string; readonly entry: { readonly update: Update } },
  { number, url }: MergeRequest,
  { memory, events, now }: DeliveryPorts,
): Promise<readonly Change[]> {
  const [known, queued] = await Promise.all([memory.quarantine.get(key), memory.queue.get(key)]);
  const actor = nameRequest({ number });
  const quarantine = addVersion(known?.value ?? [], "declined", update, actor, now());
  const told = updateEvent("merge-request-closed", update, {
    atMs: now(),
    cause: "scan",
    text: `${describeUpdate(update)}: somebody closed ${actor}; this version is not proposed again`,
    link: url,
    facts: { number },
  });
  return [
    memory.quarantine.put(key, quarantine, known?.version ?? 0),
    ...(queued !== undefined && isSameVersion(update, queued.value.update)
      ? [memory.queue.delete(key, queued.version)]
      : []),
    memory.stale.put(update.source, { atMs: now() }),
    events.append(told),
  ];
}
