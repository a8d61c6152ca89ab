import type { TalosEvent } from "../../events/event.ts";
import { describeUpdate } from "../describe-update.ts";
import { updateEvent } from "../update-event.ts";
import type { Question } from "./question.ts";

type QuestionKind = "question-opened" | "question-superseded" | "question-closed" | "question-answered";
type QuestionFacts = Omit<Parameters<typeof updateEvent>[2], "facts"> & { readonly facts?: TalosEvent["facts"] };

/** `facts.question` is the question's id, so that a surface finds what it has shown of it. */
export function questionEvent(kind: QuestionKind, { id, update }: Question, facts: QuestionFacts): TalosEvent {
  return updateEvent(kind, update, { ...facts, facts: { ...facts.facts, question: id } });
}

/** `reason` says what closed it, in words. */
export function questionClosed(question: Question, reason: string, atMs: number, cause = "policy"): TalosEvent {
  return questionEvent("question-closed", question, {
    atMs,
    cause,
    text: `${describeUpdate(question.update)}: ${reason}`,
    facts: { reason },
  });
}
