/**
 * Delivers what may go from the queue to the branch of one source, in one commit; or, where merge requests are wanted, as
 * one of them for each target. What a newcomer would get wrong:
 *
 * - The commit is written down before it is pushed. After a crash it is looked for on the branch: there, it was delivered;
 *   not there, it is begun anew. So an update lands once, whenever the process dies.
 * - The branch belongs to everybody. A push that is too late is begun again from what the branch has then.
 * - Every write carries the lease: a process that was thought dead cannot undo what its successor did.
 */

import { inSpan, linkTrace, resumeTrace } from "../../telemetry/trace.ts";
import type { WaitingEntry } from "../delivery.ts";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";
import { endRequests, listEnding } from "../merge-requests/end-requests.ts";
import type { KeyedEntry } from "../queue/decide-queue.ts";
import { releaseRoom, reserveRoom } from "../queue/reserve-room.ts";
import { setAsideUnreadable } from "../queue/set-aside-unreadable.ts";
import { tellStuck } from "../queue/tell-stuck.ts";
import { deliverEntries } from "./deliver-entries.ts";
import type { DeliveryWork } from "./delivery-work.ts";
import { recover } from "./push-entries.ts";
import { lateMs } from "./recover-push.ts";

export interface DeliverResult {
  /** When something else may go; undefined: the queue is empty, or nothing but a change of settings helps. */
  readonly nextMs: number | undefined;
  /** Something was looked at closely, so that the latest scan is out of date. */
  readonly hasWorked: boolean;
}

const leaseRetryMs = 2000;

export async function deliver(source: Source, ports: DeliveryPorts, signal: AbortSignal): Promise<DeliverResult> {
  const { store, now } = ports;
  await setAsideUnreadable(source.id, ports);
  if (await isIdle(source, ports)) return { nextMs: undefined, hasWorked: false };
  await using lease = await store.takeLease(`deliver ${source.id}`);
  if (lease === undefined) return { nextMs: now() + leaseRetryMs, hasWorked: false };
  const work: DeliveryWork = { source, ports, lease, signal: AbortSignal.any([signal, lease.signal]) };
  try {
    await recoverInTrace(work);
    await endRequestsInTrace(work);
    await releaseRoom(source.id, ports, lease);
    const { ready, waiting } = await reserveRoom(source, ports, lease);
    await tellStuck(waiting, ports);
    if (ready.length > 0) await deliverReady(ready, waiting.length, work);
    const hasWorked = ready.length > 0;
    return { nextMs: await nextMoment(source, waiting, hasWorked, ports), hasWorked };
  } finally {
    await releaseRoom(source.id, ports, lease);
  }
}

/** What a push that was cut short has brought belongs to the trace of that push. */
async function recoverInTrace(work: DeliveryWork): Promise<void> {
  const { source, ports } = work;
  const intention = await ports.memory.intentions.get(source.id);
  if (intention === undefined) return;
  const [trace] = intention.value.commits.flatMap(({ entries }) => entries.flatMap(({ entry }) => entry.trace ?? []));
  await resumeTrace(trace, () =>
    inSpan("talos", "recover push", { "talos.source": source.id }, async () => void (await recover(work))),
  );
}

async function endRequestsInTrace(work: DeliveryWork): Promise<void> {
  const { source, ports } = work;
  const { forge } = source;
  if (forge === undefined || (await listEnding(source.id, ports.memory)).length === 0) return;
  await inSpan("talos", "end merge requests", { "talos.source": source.id }, () => endRequests(forge, work));
}

/** Goes on with the trace of what has waited longest; an idle pass makes no span. */
function deliverReady(ready: readonly KeyedEntry[], waiting: number, work: DeliveryWork): Promise<void> {
  const [first, ...others] = new Set(ready.flatMap(({ entry }) => entry.trace ?? []));
  const facts = { "talos.source": work.source.id, "talos.ready": ready.length, "talos.waiting": waiting };
  return resumeTrace(first, () =>
    inSpan("talos", "queue pass", facts, () => {
      for (const other of others) linkTrace(other);
      return deliverEntries(ready, work);
    }),
  );
}

/** Nothing waits, and nothing was left behind by a process that died. */
async function isIdle(source: Source, ports: DeliveryPorts): Promise<boolean> {
  const { memory, throttles } = ports;
  const [isWaiting, intention, rooms] = await Promise.all([
    hasWork(source, ports),
    memory.intentions.get(source.id),
    throttles.size === 0 ? [] : memory.throttles.list(""),
  ]);
  return !isWaiting && intention === undefined && !rooms.some(({ value }) => source.id in value.reserved);
}

/** Whether anything waits to be done for a source, be it only for its turn. */
export async function hasWork({ id, forge }: Source, { memory }: DeliveryPorts): Promise<boolean> {
  if ((await memory.queue.list(`${id} `)).length > 0) return true;
  return forge !== undefined && (await listEnding(id, memory)).length > 0;
}

/** At once when something was decided anew; else when the first of those that wait may go. */
async function nextMoment(
  source: Source,
  waiting: readonly WaitingEntry[],
  hasWorked: boolean,
  { memory, now }: DeliveryPorts,
): Promise<number | undefined> {
  const left = await memory.queue.list(`${source.id} `);
  const isPushOpen = (await memory.intentions.get(source.id)) !== undefined;
  const waitingKeys = new Set(waiting.map(({ key }) => key));
  const times = [
    ...(isPushOpen ? [now() + lateMs] : []),
    ...waiting.flatMap(({ wait }) => wait.untilMs ?? []),
    ...(hasWorked
      ? left.filter(({ key }) => !waitingKeys.has(key)).map(({ value }) => value.notBeforeMs ?? now())
      : []),
  ];
  return times.length === 0 ? undefined : Math.min(...times);
}
