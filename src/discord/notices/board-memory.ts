import * as z from "zod/mini";
import { openDocuments } from "../../store/documents.ts";
import { leaseLost } from "../../store/lease-lost.ts";
import type { Change, Lease, Store } from "../../store/store.ts";
import { type Board, type BoardMessage, boardMessageSchema, messageKey } from "../board/board.ts";

const cursorSchema = z.object({ position: z.number(), lastMarkMs: z.number() });

/** The board in the store, and up to where events are on it. */
export interface BoardMemory {
  /** `position` undefined: nothing was ever followed. */
  load(): Promise<{ readonly board: Board; readonly position: number | undefined }>;
  /** What has changed between two boards, and how far events were read, in one step. Throws when the lease was lost. */
  save(before: Board, after: Board, position: number): Promise<void>;
  find(key: string): Promise<BoardMessage | undefined>;
  list(): Promise<readonly BoardMessage[]>;
}

export function openBoardMemory(store: Store, lease?: Lease): BoardMemory {
  const messages = openDocuments(store, "discord-board", boardMessageSchema);
  const cursors = openDocuments(store, "discord-cursor", cursorSchema);
  const cursorKey = "events";
  return {
    async load() {
      const [known, cursor] = await Promise.all([messages.list(""), cursors.get(cursorKey)]);
      const lastMarkMs = Math.max(cursor?.value.lastMarkMs ?? 0, ...known.map(({ value }) => value.markMs));
      return {
        board: { messages: new Map(known.map(({ key, value }) => [key, value])), lastMarkMs },
        position: cursor?.value.position,
      };
    },
    async save(before, after, position) {
      const changes: readonly Change[] = [
        ...[...after.messages].flatMap(([key, message]) =>
          before.messages.get(key) === message ? [] : [messages.put(key, message)],
        ),
        ...[...before.messages.keys()].flatMap((key) => (after.messages.has(key) ? [] : [messages.delete(key)])),
        cursors.put(cursorKey, { position, lastMarkMs: after.lastMarkMs }),
      ];
      if ((await store.write(changes, lease)) === "lease-lost") throw leaseLost(lease?.name ?? "");
    },
    find: async (key) => (await messages.get(key))?.value,
    list: async () => (await messages.list("")).map(({ value }) => value),
  };
}

/** The board with one message changed. */
export function withMessage(board: Board, message: BoardMessage): Board {
  return { ...board, messages: new Map(board.messages).set(messageKey(message), message) };
}

export function withoutMessage(board: Board, message: BoardMessage): Board {
  const messages = new Map(board.messages);
  messages.delete(messageKey(message));
  return { ...board, messages };
}
