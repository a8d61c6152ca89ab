import type { KeptQuestion } from "../../delivery/delivery.ts";
import { type Board, type BoardMessage, hasOpenQuestion } from "./board.ts";
import { draftBoard } from "./draft-board.ts";
import { type ChannelsOf, planNotice } from "./plan-notices.ts";
import { planPipeline } from "./plan-pipelines.ts";
import { closeUnknown, planQuestions } from "./plan-questions.ts";
import type { ToldEvent } from "./told-event.ts";

export interface PlanContext {
  readonly nowMs: number;
  /** Where questions are asked; undefined: nowhere. */
  readonly promptChannel: string | undefined;
  readonly channelsOf: ChannelsOf;
}

/** Late clicks on what is over are understood for so long. */
const keptMs = 30 * 24 * 3600 * 1000;

/** The board after events. Pure; the messages that are due then are what has to be posted or edited. */
export function planBoard(board: Board, events: readonly ToldEvent[], context: PlanContext): Board {
  const draft = draftBoard(board, context.nowMs);
  for (const told of events) {
    planQuestions(draft, told, context.promptChannel);
    planNotice(draft, told, context.channelsOf);
    planPipeline(draft, told, context.channelsOf);
  }
  for (const message of draft.messages.values())
    if (isOver(message) && context.nowMs - message.changedMs > keptMs) draft.forget(message);
  return draft.board();
}

/** A prompt or pipeline that says all there is to say, or need not be posted any more. */
function isOver(message: BoardMessage): boolean {
  if (message.content.type === "notice" || hasOpenQuestion(message)) return false;
  return !message.isDue || message.messageId === undefined;
}

/** Open questions that no message shows: from before the bot was there, or whose message is gone. */
export function unshownQuestions(board: Board, questions: readonly KeptQuestion[]): readonly KeptQuestion[] {
  const shown = new Set(
    [...board.messages.values()].flatMap(({ content }) =>
      content.type === "prompt"
        ? content.questions.filter(({ state }) => state.kind === "open").map(({ id }) => id)
        : [],
    ),
  );
  return questions.filter(({ question }) => question.state === "open" && !shown.has(question.id));
}

/** The board agrees with the questions that there are, also where an event about one was lost. */
export function settleBoard(board: Board, questions: readonly KeptQuestion[], nowMs: number): Board {
  const draft = draftBoard(board, nowMs);
  const open = new Set(
    questions.filter(({ question }) => question.state === "open").map(({ question }) => question.id),
  );
  closeUnknown(draft, (id) => open.has(id));
  return draft.board();
}
