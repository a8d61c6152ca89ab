import type { TalosEvent } from "../../events/event.ts";
import type { MergeRequest } from "../../sources/forge.ts";
import type { Change } from "../../store/store.ts";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";
import { describeUpdate } from "../describe-update.ts";
import type { DeliveryWork } from "../push/delivery-work.ts";
import { describeCause } from "../push/describe-cause.ts";
import { countImages, forgetTarget } from "../push/settle-delivered.ts";
import { writeMade } from "../push/write-held.ts";
import { isSameVersion } from "../queue/compare-updates.ts";
import type { KeyedEntry } from "../queue/decide-queue.ts";
import { updateEvent } from "../update-event.ts";
import { type KeptRequest, nameRequest } from "./merge-request.ts";

/** Written when an open request shows an update. Another version than before counts for throttles and the cooldown. */
export async function recordShown(
  keyed: KeyedEntry,
  latest: KeptRequest["latest"],
  request: MergeRequest,
  { source, ports, lease }: DeliveryWork,
): Promise<void> {
  const { store, memory, events, now } = ports;
  const { update } = keyed.entry;
  await writeMade(
    store,
    async () => {
      const kept = await memory.mergeRequests.get(keyed.key);
      if (kept === undefined) return [];
      const { isForeign: _isForeign, ending, ...before } = kept.value;
      const former = ending === undefined && before.number === request.number ? before.shown : undefined;
      const { number, url } = request;
      const next: KeptRequest = { ...before, latest, number, url, shown: latest, atMs: now() };
      const why = `${describeUpdate(update)} is in ${nameRequest(request)}`;
      const isOther = former === undefined || !isSameVersion(former.entry.update, update);
      return [
        ...(await forgetTarget(keyed, why, ports)),
        memory.mergeRequests.put(keyed.key, next, kept.version),
        ...(isOther ? await count(keyed, latest.commit, source, ports) : []),
        ...(former?.commit === latest.commit
          ? []
          : [events.append(tell(keyed, former, latest.commit, request, now()))]),
      ];
    },
    lease,
  );
}

async function count(
  keyed: KeyedEntry,
  commit: string,
  { id, cooldownSeconds }: Source,
  ports: DeliveryPorts,
): Promise<readonly Change[]> {
  const { memory, now } = ports;
  const branch = await memory.branches.get(id);
  return [
    ...countImages(keyed, commit, ports),
    memory.branches.put(id, { ...branch?.value, cooldownUntilMs: now() + cooldownSeconds * 1000 }),
  ];
}

function tell(
  { entry: { update, cause } }: KeyedEntry,
  former: KeptRequest["shown"],
  commit: string,
  { number, url }: MergeRequest,
  atMs: number,
): TalosEvent {
  const name = nameRequest({ number });
  const isRebuilt = former !== undefined && isSameVersion(former.entry.update, update);
  const what = former === undefined ? "is open" : isRebuilt ? "is brought up to its branch" : "is updated";
  const reason = `${name} ${what}`;
  return updateEvent(former === undefined ? "merge-request-opened" : "merge-request-updated", update, {
    atMs,
    cause: describeCause(cause),
    text: `${describeUpdate(update)}: ${reason}`,
    commit,
    link: url,
    facts: { number, reason },
  });
}
