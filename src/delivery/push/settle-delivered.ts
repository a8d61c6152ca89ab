/** What is written about one target when its update has arrived: changes that go into one write. */
import type { Change } from "../../store/store.ts";
import { isBehind } from "../decisions/is-behind.ts";
import { questionClosed } from "../decisions/question-event.ts";
import type { DeliveryPorts } from "../delivery-ports.ts";
import { describeUpdate } from "../describe-update.ts";
import { compareUpdates } from "../queue/compare-updates.ts";
import type { KeyedEntry } from "../queue/decide-queue.ts";
import { windowName } from "../queue/reserve-room.ts";
import { updateEvent } from "../update-event.ts";
import { describeCause } from "./describe-cause.ts";

/** Where it can be looked at. */
export interface DeliveredPlace {
  /** undefined: it is not known. */
  readonly commit: string | undefined;
  readonly link: string | undefined;
}

/** The update has arrived: what waited for it is over, and its undoing is watched for. */
export async function settleDelivered(
  keyed: KeyedEntry,
  { commit, link }: DeliveredPlace,
  ports: DeliveryPorts,
): Promise<readonly Change[]> {
  const { memory, events, now } = ports;
  const { key, entry } = keyed;
  const { update, cause } = entry;
  const atMs = now();
  const held = await memory.quarantine.get(key);
  const kept = held?.value.filter((one) => one.kind === "held" || !isBehind(one.members, update)) ?? [];
  const told = updateEvent("delivered", update, {
    atMs,
    text: describeUpdate(update),
    cause: describeCause(cause),
    ...(commit === undefined ? {} : { commit }),
    ...(link === undefined ? {} : { link }),
    facts: { queuedMs: entry.queuedMs },
  });
  return [
    ...(await forgetTarget(keyed, `${describeUpdate(update)} is delivered`, ports)),
    memory.delivered.put(key, { update, ...(commit === undefined ? {} : { commit }), atMs }),
    // A newer version has come, which is what the decisions about older ones were waiting for.
    ...(held === undefined || kept.length === held.value.length
      ? []
      : [
          kept.length === 0
            ? memory.quarantine.delete(key, held.version)
            : memory.quarantine.put(key, kept, held.version),
        ]),
    events.append(told),
  ];
}

/** Entry, dead letter and question about a version that is there, or asked for, now. What is newer stays. */
export async function forgetTarget(
  { key, entry }: KeyedEntry,
  why: string,
  { memory, events, now }: DeliveryPorts,
): Promise<readonly Change[]> {
  const { update } = entry;
  const [queued, letter, question] = await Promise.all([
    memory.queue.get(key),
    memory.deadLetters.get(key),
    memory.questions.get(key),
  ]);
  const isAnswered = question !== undefined && compareUpdates(update, question.value.update) !== "newer";
  const isDone = queued !== undefined && compareUpdates(update, queued.value.update) !== "newer";
  return [
    ...(isDone ? [memory.queue.delete(key, queued.version)] : []),
    ...(letter === undefined ? [] : [memory.deadLetters.delete(key, letter.version)]),
    ...(isAnswered
      ? [memory.questions.delete(key, question.version), events.append(questionClosed(question.value, why, now()))]
      : []),
  ];
}

/** For the throttles of registries: every update makes somebody pull. */
export function countImages(
  { key, entry }: KeyedEntry,
  commit: string,
  { throttles, now }: DeliveryPorts,
): readonly Change[] {
  return [...throttles].flatMap(([domain, { perSeconds }]): readonly Change[] => {
    const count = entry.update.members.filter((member) => member.domain === domain).length;
    if (count === 0) return [];
    const id = `${key} ${commit}`;
    return [{ kind: "count", window: windowName(domain), id, atMs: now(), count, keepSeconds: perSeconds }];
  });
}
