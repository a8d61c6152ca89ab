import type { Quarantine } from "../../delivery/decisions/quarantine.ts";
import type { Question } from "../../delivery/decisions/question.ts";
import type { KeptDeadLetter, WaitingEntry } from "../../delivery/delivery.ts";
import type { LoggedEvent } from "../../events/events.ts";
import { historyOf, readLatest } from "../events.ts";
import { describeReason } from "../queue/deadletters.ts";
import { describeWait } from "../queue/queue.ts";
import type { Talos } from "../talos.ts";
import type { View, ViewField } from "../view.ts";
import { quarantineRows } from "./describe-quarantine.ts";
import { describeChange } from "./describe-update.ts";
import { offerAnswers } from "./offer-answers.ts";
import { readDeliveryState } from "./read-delivery-state.ts";

interface WantedTarget {
  readonly key: string;
  readonly source: string;
  readonly target: string;
  /** What it can be answered by. */
  readonly name: string;
}

const shownEvents = 5;

/** What delivery knows of one target, and what happened to it last. */
export async function describeTarget(talos: Talos, { key, source, target, name }: WantedTarget): Promise<View> {
  const state = await readDeliveryState(talos);
  const isOfTarget = ({ event }: LoggedEvent) => event.source === source && event.subject === target;
  const events = await readLatest(talos.events, shownEvents, isOfTarget);
  return [
    ...describeWaiting(state.queue.get(key)),
    ...describeQuestion(state.questions.get(key)?.question, name),
    ...describeLetter(state.letters.get(key), name),
    ...describeQuarantine(state.quarantines.get(key)?.quarantine ?? [], name),
    ...describeHistory(events),
  ];
}

function describeWaiting(waiting: WaitingEntry | undefined): View {
  if (waiting === undefined) return [];
  const { entry, wait } = waiting;
  const { cause } = entry;
  const fields: readonly ViewField[] = [
    { name: "change", value: describeChange(entry.update) },
    { name: "since", value: { atMs: entry.queuedMs } },
    { name: "wanted by", value: cause.actor === undefined ? cause.kind : `${cause.kind}, ${cause.actor}` },
    { name: "waits for", value: describeWait(waiting) },
    ...(wait.untilMs === undefined ? [] : [{ name: "until", value: { atMs: wait.untilMs } }]),
  ];
  return [
    { type: "text", heading: true, text: "in the queue" },
    { type: "fields", fields },
  ];
}

function describeQuestion(question: Question | undefined, name: string): View {
  if (question === undefined) return [];
  const fields = [
    { name: "change", value: describeChange(question.update) },
    { name: "since", value: { atMs: question.askedMs } },
  ];
  const text = question.state === "open" ? "asks you" : "asks you again at the next scan";
  return [
    { type: "text", heading: true, text, tone: "warning" },
    { type: "fields", fields },
    ...offerAnswers(question.update, name),
  ];
}

function describeLetter(kept: KeptDeadLetter | undefined, reference: string): View {
  if (kept === undefined) return [];
  return [
    { type: "text", heading: true, text: "dead letter", tone: "bad" },
    kept.letter === undefined
      ? { type: "code", text: kept.text }
      : { type: "fields", fields: letterFields(kept.letter) },
    { type: "choice", text: "Replay it", operation: "replaydeadletters", arguments: { reference }, tone: "good" },
    { type: "choice", text: "Drop it", operation: "cleardeadletters", arguments: { reference }, tone: "bad" },
  ];
}

function letterFields(letter: NonNullable<KeptDeadLetter["letter"]>): readonly ViewField[] {
  return [
    { name: "change", value: describeChange(letter.update) },
    { name: "since", value: { atMs: letter.atMs } },
    { name: "tries", value: String(letter.attempts) },
    { name: "reason", value: describeReason(letter) },
  ];
}

function describeQuarantine(quarantine: Quarantine, reference: string): View {
  if (quarantine.length === 0) return [];
  const rows = quarantineRows(quarantine);
  return [
    { type: "text", heading: true, text: "held back", tone: "warning" },
    { type: "table", columns: ["what", "by", "since"], rows },
    { type: "choice", text: "Lift it", operation: "update unhold", arguments: { reference } },
  ];
}

function describeHistory(events: readonly LoggedEvent[]): View {
  return events.length === 0 ? [] : [{ type: "text", heading: true, text: "latest events" }, historyOf(events)];
}
