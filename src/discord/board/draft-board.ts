import { type Board, type BoardMessage, messageKey } from "./board.ts";

/** A board that is being changed. */
export interface BoardDraft {
  readonly messages: ReadonlyMap<string, BoardMessage>;
  /** A new message; its mark is of that time, or as soon after it as none is taken. */
  add(message: Omit<BoardMessage, "markMs" | "isDue" | "changedMs">, atMs: number): void;
  /** What a message should say from now on. */
  change(message: BoardMessage, content: BoardMessage["content"]): void;
  forget(message: BoardMessage): void;
  board(): Board;
}

/** The time of another computer's events may be ahead: marks are not. */
export function draftBoard({ messages: before, lastMarkMs: lastBefore }: Board, nowMs: number): BoardDraft {
  const messages = new Map(before);
  let lastMarkMs = lastBefore;
  return {
    messages,
    add(message, atMs) {
      lastMarkMs = Math.max(Math.min(atMs, nowMs), lastMarkMs + 1);
      const added = { ...message, markMs: lastMarkMs, isDue: true, changedMs: nowMs };
      messages.set(messageKey(added), added);
    },
    change: (message, content) =>
      void messages.set(messageKey(message), { ...message, content, isDue: true, changedMs: nowMs }),
    forget: (message) => void messages.delete(messageKey(message)),
    board: () => ({ messages, lastMarkMs }),
  };
}
