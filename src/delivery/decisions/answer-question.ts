import type { KeptDocument } from "../../store/documents.ts";
import type { Change } from "../../store/store.ts";
import { currentTrace, linkTrace } from "../../telemetry/trace.ts";
import type { AnswerOutcome } from "../delivery.ts";
import type { DeliveryPorts } from "../delivery-ports.ts";
import { describeUpdate } from "../describe-update.ts";
import { enqueueUpdate } from "../queue/enqueue-update.ts";
import type { Update } from "../update.ts";
import { updateEvent } from "../update-event.ts";
import { addVersion } from "./quarantine-undone.ts";
import type { Answer, Question } from "./question.ts";
import { questionEvent } from "./question-event.ts";

const tries = 20;

/** Carries out what a person decided; once, whoever answers first. The event's `reason` is why nothing was queued. */
export async function answerQuestion(
  key: string,
  answer: Answer,
  actor: string,
  questionId: string | undefined,
  ports: DeliveryPorts,
): Promise<AnswerOutcome> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const question = await ports.memory.questions.get(key);
    if (question === undefined || (questionId !== undefined && question.value.id !== questionId))
      return { kind: "no-question", text: await describeOutcome(key, questionId, ports) };
    linkTrace(question.value.trace);
    const { changes, text, reason } = await carryOut(question, answer, actor, ports);
    const { update } = question.value;
    const told = questionEvent("question-answered", question.value, {
      atMs: ports.now(),
      actor,
      cause: actor,
      text: `${describeUpdate(update)}: ${text}`,
      facts: { answer, ...(reason === undefined ? {} : { reason }) },
    });
    const outcome = await ports.store.write([...changes, ports.events.append(told)]);
    if (outcome === "written") return { kind: "done", text: `${describeUpdate(update)}: ${text}` };
  }
  throw new Error(`the answer about ${key} could not be kept: others were quicker ${tries} times`);
}

async function carryOut(
  question: KeptDocument<Question>,
  answer: Answer,
  actor: string,
  ports: DeliveryPorts,
): Promise<{ readonly changes: readonly Change[]; readonly text: string; readonly reason?: string }> {
  const { memory, now } = ports;
  const { key, version, value } = question;
  const close = memory.questions.delete(key, version);
  switch (answer) {
    case "push": {
      const entry = await memory.queue.get(key);
      const trace = currentTrace() ?? value.trace;
      const wanted = { update: value.update, cause: { kind: "person", actor, atMs: now() }, trace } as const;
      const placed = enqueueUpdate(entry?.value, wanted, now());
      const changes = [close, memory.queue.put(key, placed.entry, entry?.version ?? 0)];
      if (placed.kind === "refused") return { changes, text: placed.text, reason: placed.text };
      return { changes, text: "will be delivered as soon as it may" };
    }
    case "defer":
      return {
        changes: [memory.questions.put(key, { ...value, state: "deferred" }, version)],
        text: "will be asked again at the next scan",
      };
    case "ignore": {
      const known = await memory.quarantine.get(key);
      const quarantine = addVersion(known?.value ?? [], "declined", value.update, actor, now());
      const change = memory.quarantine.put(key, quarantine, known?.version ?? 0);
      const stale = memory.stale.put(value.update.source, { atMs: now() });
      const dropped = await dropRefused(key, value.update, actor, ports);
      return { changes: [close, change, stale, ...dropped], text: "will not be proposed again in this version" };
    }
  }
}

/** Whoever ignores a version takes an earlier yes to it back, also one that was given while its group was another. */
async function dropRefused(
  key: string,
  refused: Update,
  actor: string,
  { memory, events, now }: DeliveryPorts,
): Promise<readonly Change[]> {
  const entry = await memory.queue.get(key);
  const versions = new Set(refused.members.map(({ id, to }) => `${id} ${to}`));
  if (entry === undefined || !entry.value.update.members.some(({ id, to }) => versions.has(`${id} ${to}`))) return [];
  const { update } = entry.value;
  const reason = `${actor} ignored this version`;
  const text = `${describeUpdate(update)} is dropped: ${reason}`;
  const told = updateEvent("dropped", update, { atMs: now(), actor, cause: actor, text, facts: { reason } });
  return [memory.queue.delete(key, entry.version), events.append(told)];
}

/** What became of a question that is open no more, as far as the latest events tell. */
async function describeOutcome(key: string, id: string | undefined, { events }: DeliveryPorts): Promise<string> {
  const about = (await events.latest(500))
    .map(({ event }) => event)
    .filter(({ source, subject }) => `${source} ${subject}` === key);
  const answered = about.findLast(
    ({ kind, facts }) => kind === "question-answered" && (id === undefined || facts?.["question"] === id),
  );
  if (answered !== undefined) return `already answered by ${answered.actor}: ${answered.text}`;
  const closed = about.findLast(({ kind }) => kind === "question-closed" || kind === "question-superseded");
  return closed === undefined ? "there is no open question about it" : `the question is closed: ${closed.text}`;
}
