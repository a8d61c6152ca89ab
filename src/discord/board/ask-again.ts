import { type Board, type BoardMessage, hasOpenQuestion, messageKey } from "./board.ts";
import { draftBoard } from "./draft-board.ts";

/**
 * The board without a message that is gone from its channel, and with a new one for what of it is still to be told: the open
 * questions of a prompt, the state of a pipeline. undefined: nothing is.
 */
export function askAgain(
  board: Board,
  gone: BoardMessage,
  nowMs: number,
): { readonly board: Board; readonly message: BoardMessage } | undefined {
  const content = leftToTell(gone);
  if (content === undefined) return undefined;
  const draft = draftBoard(board, nowMs);
  draft.forget(gone);
  draft.add({ channelId: gone.channelId, content }, nowMs);
  const after = draft.board();
  const message = after.messages.get(messageKey({ markMs: after.lastMarkMs }));
  return message && { board: after, message };
}

function leftToTell(message: BoardMessage): BoardMessage["content"] | undefined {
  const { content } = message;
  if (content.type === "pipeline") return content;
  if (content.type === "notice" || !hasOpenQuestion(message)) return undefined;
  return { ...content, questions: content.questions.filter(({ state }) => state.kind === "open") };
}
