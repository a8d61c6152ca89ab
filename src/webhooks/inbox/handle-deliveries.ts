/**
 * Hands what waits to whoever does what it asks for, and forgets it when that is done. What fails is tried again later, and in the
 * end given up, while others go on. What concerns one thing goes one after the other.
 */
import type { KeptDocument } from "../../store/documents.ts";
import type { Store } from "../../store/store.ts";
import { TalosError } from "../../talos-error.ts";
import { inSpan, resumeTrace } from "../../telemetry/trace.ts";
import type { WebhookEvent } from "../webhook-event.ts";
import type { Delivery, Inbox } from "./inbox.ts";

export interface HandlePorts {
  readonly store: Store;
  readonly inbox: Inbox;
  readonly now: () => number;
  /** Safe to repeat. */
  readonly handle: (event: WebhookEvent, signal: AbortSignal) => Promise<void>;
  readonly log: { warn(facts: object, text: string): void };
}

/** The failures of a delivery after which it is given up: after about two hours. */
const mostFailures = 12;
const firstRetryMs = 5000;
const longestRetryMs = 1_800_000;
const deadlineMs = 120_000;
const lanesAtOnce = 4;

/** When those that still wait are to be tried again. */
export async function handleDeliveries(ports: HandlePorts, signal: AbortSignal): Promise<readonly number[]> {
  const waiting = await ports.inbox.waiting.list("");
  const due = waiting.filter(({ value: { notBeforeMs = 0 } }) => notBeforeMs <= ports.now());
  const lanes = [...Map.groupBy(due, ({ value }) => laneOf(value)).values()];
  const retries = waiting.filter((one) => !due.includes(one)).flatMap(({ value }) => value.notBeforeMs ?? []);
  const work = async (): Promise<void> => {
    for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift())
      for (const delivery of lane) {
        signal.throwIfAborted();
        retries.push(...(await handleOne(delivery, ports, signal)));
      }
  };
  await settle(Array.from({ length: lanesAtOnce }, work));
  return retries;
}

/** All end before the first failure is thrown on, so that nothing goes on behind the job's back. */
async function settle(work: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === "rejected") throw result.reason;
}

function laneOf({ integration, events: [event] }: Delivery): string {
  switch (event?.kind) {
    case "pipeline":
      return `${integration} ${event.id}`;
    case "push":
      return event.urls.join(" ");
    case "image":
      return `${event.repository.domain}/${event.repository.path}`;
    case undefined:
      return "";
  }
}

/** When it is to be tried again, if it is. */
async function handleOne(
  delivery: KeptDocument<Delivery>,
  ports: HandlePorts,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const { key, value, version } = delivery;
  const { integration, token, trace, events } = value;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
  try {
    await resumeTrace(trace, () =>
      inSpan("webhooks", "handle webhook", { integration, token }, async () => {
        for (const event of events) await ports.handle(event, limited);
      }),
    );
  } catch (error) {
    signal.throwIfAborted();
    // Nothing can be written down now; the job tries again by itself.
    if (error instanceof TalosError && error.code === "store-unreachable") throw error;
    return putOff(delivery, error, ports);
  }
  await ports.store.write([ports.inbox.waiting.delete(key, version)]);
  return [];
}

async function putOff(
  { key, value, version }: KeptDocument<Delivery>,
  error: unknown,
  { store, inbox, now, log }: HandlePorts,
): Promise<readonly number[]> {
  const failures = value.failures + 1;
  const { integration, token } = value;
  const facts = { integration, token, failures, error: String(error) };
  if (failures >= mostFailures) {
    log.warn(facts, "a webhook could not be handled and was given up");
    await store.write([inbox.waiting.delete(key, version)]);
    return [];
  }
  const notBeforeMs = now() + Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1));
  if (failures === 1) log.warn(facts, "a webhook could not be handled and is tried again");
  await store.write([inbox.waiting.put(key, { ...value, failures, notBeforeMs }, version)]);
  return [notBeforeMs];
}
