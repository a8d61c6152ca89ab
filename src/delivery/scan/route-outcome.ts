/**
 * What becomes of one target after a scan: its update is queued, its question asked, changed or closed, its news announced.
 * Pure: what is remembered comes in, changes for the store and events go out; the same outcome again gives nothing.
 * A look-up that failed decides nothing, so that then everything stays as it was.
 */

import type { TalosEvent } from "../../events/event.ts";
import type { KeptDocument } from "../../store/documents.ts";
import type { Question } from "../decisions/question.ts";
import { questionClosed, questionEvent } from "../decisions/question-event.ts";
import { describeUpdate } from "../describe-update.ts";
import { openlyShown } from "../merge-requests/merge-request.ts";
import { endRequest, routeRequest } from "../merge-requests/route-request.ts";
import { compareUpdates, isSameVersion } from "../queue/compare-updates.ts";
import { enqueueUpdate } from "../queue/enqueue-update.ts";
import type { QueueEntry } from "../queue/queue-entry.ts";
import { targetKey, type Update } from "../update.ts";
import { updateEvent } from "../update-event.ts";
import { explainOutcome, isDone, isPassed, isSettled } from "./outcome-facts.ts";
import { combine, nothing, type RouteContext, type Routed, type TargetMemory } from "./routed.ts";
import { type TargetOutcome, windowsOf } from "./target-outcome.ts";

export function routeOutcome(outcome: TargetOutcome, known: TargetMemory, context: RouteContext): Routed {
  const key = targetKey({ source: context.source, target: outcome.target });
  return combine([
    routePush(key, outcome, known, context),
    routePrompt(key, outcome, known, context),
    routeNotify(key, outcome, known, context),
    clearDeadLetter(key, outcome, known, context),
    routeRequest(key, outcome, known, context),
  ]);
}

/** The same for a target that is there no more; `reason` says why in words. */
export function routeAbsence(known: TargetMemory, reason: string, context: RouteContext): Routed {
  const { memory, nowMs } = context;
  const { entry, question, deadLetter, announced } = known;
  return {
    changes: [
      ...(entry === undefined ? [] : [memory.queue.delete(entry.key, entry.version)]),
      ...(question === undefined ? [] : [memory.questions.delete(question.key, question.version)]),
      ...(deadLetter === undefined ? [] : [memory.deadLetters.delete(deadLetter.key, deadLetter.version)]),
      ...(announced === undefined ? [] : [memory.announced.delete(announced.key, announced.version)]),
      ...endRequest(known.request, "it is not in the repository any more", context).changes,
    ],
    events: [
      ...(entry === undefined ? [] : [dropped(entry.value.update, reason, nowMs)]),
      ...(question === undefined ? [] : [questionClosed(question.value, reason, nowMs)]),
    ],
  };
}

function dropped(update: Update, reason: string, atMs: number): TalosEvent {
  return updateEvent("dropped", update, { atMs, text: `${describeUpdate(update)}: ${reason}`, facts: { reason } });
}

function routePush(key: string, outcome: TargetOutcome, known: TargetMemory, context: RouteContext): Routed {
  const { memory, nowMs } = context;
  const { entry } = known;
  const update = outcome.updates.push;
  if (update === undefined) return entry === undefined ? nothing : dropUnwanted(entry, outcome, context);
  if (entry === undefined && isWithRequest(update, known)) return nothing;
  const wanted = { update, cause: { kind: "policy", atMs: nowMs }, ...traced(context) } as const;
  const placed = enqueueUpdate(entry?.value, wanted, nowMs);
  if (placed.kind === "unchanged" || placed.kind === "refused") return nothing;
  const change = memory.queue.put(key, placed.entry, entry?.version ?? 0);
  if (placed.kind === "refreshed" || isKnownFailure(known, update)) return { changes: [change], events: [] };
  const kind = placed.kind === "added" ? "queued" : "superseded";
  return { changes: [change], events: [updateEvent(kind, update, { atMs: nowMs, text: describeUpdate(update) })] };
}

function traced({ trace }: RouteContext): { readonly trace?: string } {
  return trace === undefined ? {} : { trace };
}

/** It is shown by an open merge request already, or somebody else works on the branch of it. */
function isWithRequest(update: Update, { request }: TargetMemory): boolean {
  const shown = openlyShown(request?.value);
  return request?.value.isForeign === true || (shown !== undefined && isSameVersion(shown.entry.update, update));
}

/** What failed before is tried again at every scan; saying so every time would be noise. */
function isKnownFailure({ deadLetter }: TargetMemory, update: Update): boolean {
  const letter = deadLetter?.value;
  return letter !== undefined && "update" in letter && isSameVersion(letter.update, update);
}

/** What a person has approved stays, whatever policy says of it; the delivery looks at the text again. */
function dropUnwanted(
  entry: KeptDocument<QueueEntry>,
  outcome: TargetOutcome,
  { memory, nowMs }: RouteContext,
): Routed {
  if (entry.value.cause.kind !== "policy") return nothing;
  const { update } = entry.value;
  if (!isSettled(outcome)) return heedWindow(entry, outcome, memory);
  const reason = `not wanted any more: ${explainOutcome(outcome, update)}`;
  const text = `${describeUpdate(update)} is ${reason}`;
  return {
    changes: [memory.queue.delete(entry.key, entry.version)],
    events: [updateEvent("dropped", update, { atMs: nowMs, text, facts: { reason } })],
  };
}

/** An entry that waits goes by the delivery windows that its policy has now. */
function heedWindow(
  { key, value, version }: KeptDocument<QueueEntry>,
  { references }: TargetOutcome,
  { queue }: RouteContext["memory"],
): Routed {
  const window = windowsOf(references);
  if (window.join("\n") === value.update.window.join("\n")) return nothing;
  return { changes: [queue.put(key, { ...value, update: { ...value.update, window } }, version)], events: [] };
}

function routePrompt(key: string, outcome: TargetOutcome, known: TargetMemory, context: RouteContext): Routed {
  const { memory, nowMs, newId } = context;
  const { question, entry } = known;
  const update = outcome.updates.prompt;
  if (update === undefined) return question === undefined ? nothing : closeQuestion(question, outcome, context);
  const shown = openlyShown(known.request?.value);
  if (shown !== undefined && isSameVersion(shown.entry.update, update))
    return question === undefined ? nothing : closeQuestion(question, outcome, context);
  const isApproved =
    entry !== undefined && entry.value.cause.kind !== "policy" && isSameVersion(entry.value.update, update);
  if (isApproved) return nothing;
  const relation = question === undefined ? "unrelated" : compareUpdates(question.value.update, update);
  if (question !== undefined && (relation === "same" || relation === "refreshed")) {
    if (relation === "same" && question.value.state === "open") return nothing;
    const asked: Question = { ...question.value, update, state: "open", ...traced(context) };
    const again = questionEvent("question-opened", asked, {
      atMs: nowMs,
      text: `${describeUpdate(update)}: asked again`,
    });
    return {
      changes: [memory.questions.put(key, asked, question.version)],
      events: question.value.state === "deferred" ? [again] : [],
    };
  }
  const asked: Question = { update, id: newId(), askedMs: nowMs, state: "open", ...traced(context) };
  const by = `replaced by ${update.members[0]?.tag ?? "another"}`;
  return {
    changes: [memory.questions.put(key, asked, question?.version ?? 0)],
    events: [
      ...(question === undefined
        ? []
        : [
            questionEvent("question-superseded", question.value, {
              atMs: nowMs,
              text: `${describeUpdate(question.value.update)}: ${by}`,
              facts: { reason: by },
            }),
          ]),
      questionEvent("question-opened", asked, { atMs: nowMs, text: describeUpdate(update) }),
    ],
  };
}

function closeQuestion(
  question: KeptDocument<Question>,
  outcome: TargetOutcome,
  { memory, nowMs }: RouteContext,
): Routed {
  if (!isSettled(outcome)) return nothing;
  const { update } = question.value;
  const text = isDone(update, outcome) ? "it is there already" : explainOutcome(outcome, update);
  return {
    changes: [memory.questions.delete(question.key, question.version)],
    events: [questionClosed(question.value, text, nowMs)],
  };
}

function routeNotify(key: string, outcome: TargetOutcome, known: TargetMemory, context: RouteContext): Routed {
  const { memory, nowMs } = context;
  const update = outcome.updates.notify;
  if (update === undefined) return nothing;
  const relation = known.announced === undefined ? "newer" : compareUpdates(known.announced.value.update, update);
  if (relation !== "newer" && relation !== "unrelated") return nothing;
  return {
    changes: [memory.announced.put(key, { update, atMs: nowMs }, known.announced?.version ?? 0)],
    events: [updateEvent("announced", update, { atMs: nowMs, text: describeUpdate(update) })],
  };
}

/** Success by any path removes the dead letter, and so does a file that has gone past it. */
function clearDeadLetter(key: string, outcome: TargetOutcome, known: TargetMemory, context: RouteContext): Routed {
  const { deadLetter } = known;
  if (deadLetter === undefined || !("update" in deadLetter.value)) return nothing;
  const { update } = deadLetter.value;
  const isThere = isDone(update, outcome);
  if (!isThere && !isPassed(update, outcome)) return nothing;
  const why = isThere ? "it is there already" : "something newer is there";
  const text = `${describeUpdate(update)}: ${why}; its dead letter is removed`;
  return {
    changes: [context.memory.deadLetters.delete(key, deadLetter.version)],
    events: [updateEvent("cleared", update, { atMs: context.nowMs, text })],
  };
}
