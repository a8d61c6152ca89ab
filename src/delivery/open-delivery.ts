import { answerQuestion } from "./decisions/answer-question.ts";
import { holdTarget, unholdTarget } from "./decisions/hold-target.ts";
import type { Delivery } from "./delivery.ts";
import type { DeliveryPorts } from "./delivery-ports.ts";
import { clearDeadLetters, listDeadLetters, replayDeadLetters } from "./queue/dead-letters.ts";
import { decideAll } from "./queue/reserve-room.ts";

/** `onQueued`: something of that source may be delivered. `onStale`: its verdicts are not what they were. */
export interface DeliveryListener {
  onQueued(source: string): Promise<void>;
  onStale(source: string): Promise<void>;
}

/** The room as surfaces see it. */
export function openDelivery(ports: DeliveryPorts, listener: DeliveryListener): Delivery {
  const { memory } = ports;
  const queued = async (keys: readonly string[]) => {
    for (const source of new Set(keys.map((key) => key.slice(0, key.indexOf(" "))))) await listener.onQueued(source);
    return keys.length;
  };
  return {
    queue: () => decideAll(ports),
    deadLetters: () => listDeadLetters(ports),
    replay: async (keys, actor) => queued(await replayDeadLetters(keys, actor, ports)),
    clear: async (keys, actor) => (await clearDeadLetters(keys, actor, ports)).length,
    questions: async () => (await memory.questions.list("")).map(({ key, value }) => ({ key, question: value })),
    async answer(key, answer, actor, questionId) {
      const outcome = await answerQuestion(key, answer, actor, questionId, ports);
      if (outcome.kind === "done" && answer === "push") await queued([key]);
      if (outcome.kind === "done" && answer === "ignore") await listener.onStale(key.slice(0, key.indexOf(" ")));
      return outcome;
    },
    async hold(source, target, actor) {
      const isNew = await holdTarget(source, target, actor, ports);
      if (isNew) await listener.onStale(source);
      return isNew;
    },
    async unhold(source, target, actor) {
      const isNew = await unholdTarget(source, target, actor, ports);
      if (isNew) await listener.onStale(source);
      return isNew;
    },
    quarantines: async () =>
      (await memory.quarantine.list("")).map(({ key, value }) => {
        const end = key.indexOf(" ");
        return { key, source: key.slice(0, end), target: key.slice(end + 1), quarantine: value };
      }),
  };
}
