/**
 * What buttons and selects carry, so that they work after a restart: what is pressed, and the id of what it is about. All
 * else is found in the store by that id: names can be longer than the 100 characters that Discord gives. A forged id reads
 * as undefined; a well-formed one still says nothing about who may press it, or whether what it names is there.
 */
import { type Answer, answers } from "../delivery/decisions/question.ts";

export type Press =
  /** One of the three answers to an open question. */
  | { readonly kind: "answer"; readonly questionId: string; readonly answer: Answer }
  /** The select of a message with several questions; its values are the ids of questions. */
  | { readonly kind: "choose-questions"; readonly messageId: string }
  /** One of the three answers to all questions that are chosen there. */
  | { readonly kind: "answer-chosen"; readonly messageId: string; readonly answer: Answer }
  /** Another page of an operation's answer, from 0. */
  | { readonly kind: "page"; readonly answerId: string; readonly page: number }
  /** What an operation's answer offers to run next, by its place in the list. */
  | { readonly kind: "choice"; readonly answerId: string; readonly index: number }
  /** The same from a select, whose values are places in the list. */
  | { readonly kind: "choose"; readonly answerId: string; readonly select: number }
  | { readonly kind: "cancel"; readonly runId: string };

const pattern = /^talos1:([a-z]+):([\w-]{1,64})(?::([a-z]{1,10}|0|[1-9]\d{0,3}))?$/;

/** Ids are those of `newId`: up to 64 letters, digits, `-` and `_`. */
export function formatCustomId(press: Press): string {
  switch (press.kind) {
    case "answer":
      return write("answer", press.questionId, press.answer);
    case "choose-questions":
      return write("questions", press.messageId);
    case "answer-chosen":
      return write("chosen", press.messageId, press.answer);
    case "page":
      return write("page", press.answerId, press.page);
    case "choice":
      return write("choice", press.answerId, press.index);
    case "choose":
      return write("choose", press.answerId, press.select);
    case "cancel":
      return write("cancel", press.runId);
  }
}

/** undefined: no custom id of this program, or one of another version of it. */
export function parseCustomId(customId: string): Press | undefined {
  const [, word, id, rest] = pattern.exec(customId) ?? [];
  if (id === undefined) return undefined;
  const number = rest !== undefined && /^\d/.test(rest) ? Number(rest) : undefined;
  const answer = answers.find((one) => one === rest);
  switch (word ?? "") {
    case "answer":
      return answer && { kind: "answer", questionId: id, answer };
    case "questions":
      return rest === undefined ? { kind: "choose-questions", messageId: id } : undefined;
    case "chosen":
      return answer && { kind: "answer-chosen", messageId: id, answer };
    case "page":
      return number === undefined ? undefined : { kind: "page", answerId: id, page: number };
    case "choice":
      return number === undefined ? undefined : { kind: "choice", answerId: id, index: number };
    case "choose":
      return number === undefined ? undefined : { kind: "choose", answerId: id, select: number };
    case "cancel":
      return rest === undefined ? { kind: "cancel", runId: id } : undefined;
    default:
      return undefined;
  }
}

function write(word: string, id: string, rest?: string | number): string {
  return ["talos1", word, id, ...(rest === undefined ? [] : [rest])].join(":");
}
