import { type Board, type BoardMessage, hasOpenQuestion, messageKey } from "./board.ts";
import { draftBoard } from "./draft-board.ts";

/**
 * The board without a prompt that is gone from its channel, and with a new one for what is still open on it; undefined:
 * nothing is.
 */
export function askAgain(
  board: Board,
  gone: BoardMessage,
  nowMs: number,
): { readonly board: Board; readonly message: BoardMessage } | undefined {
  const { channelId, content } = gone;
  if (content.type !== "prompt" || !hasOpenQuestion(gone)) return undefined;
  const draft = draftBoard(board, nowMs);
  draft.forget(gone);
  const questions = content.questions.filter(({ state }) => state.kind === "open");
  draft.add({ channelId, content: { ...content, questions } }, nowMs);
  const after = draft.board();
  const message = after.messages.get(messageKey({ markMs: after.lastMarkMs }));
  return message && { board: after, message };
}
