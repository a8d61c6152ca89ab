/**
 * Brings to Discord what is due on the board, oldest first, and writes down each step. A message that may have been posted
 * already is looked for by its mark and adopted. Discord does not tell when a person deletes one: that shows at its next change. What Discord will never take is passed over, so that it stops nothing
 * else; what it may take later is thrown.
 */
import { TalosError } from "../../talos-error.ts";
import { askAgain } from "../board/ask-again.ts";
import { type Board, type BoardMessage, hasOpenQuestion, messageKey } from "../board/board.ts";
import { type BoardMemory, withMessage, withoutMessage } from "./board-memory.ts";
import type { NoticePorts } from "./notice-ports.ts";
import { writeBoardMessage } from "./texts/write-board-message.ts";

/** What is on the board and written down; changed step by step. */
export interface ShownBoard {
  board: Board;
  position: number;
  /** Keys of messages that were surely never posted. */
  readonly untried: Set<string>;
  /** Channels that were told of as not taking messages. */
  readonly closed: Set<string>;
}

type Ports = Pick<NoticePorts, "api" | "log" | "talos"> & { readonly memory: BoardMemory };

export async function showBoard(shown: ShownBoard, ports: Ports, signal: AbortSignal): Promise<void> {
  const due = [...shown.board.messages.values()].filter(({ isDue }) => isDue).sort((a, b) => a.markMs - b.markMs);
  const faults: unknown[] = [];
  for (const message of due)
    try {
      signal.throwIfAborted();
      await show(message, shown, ports, signal);
    } catch (error) {
      if (signal.aborted || error instanceof TalosError) throw error;
      // One message that cannot be written must not stop the others.
      faults.push(error);
    }
  if (faults.length > 0) throw new AggregateError(faults, faults.map(String).join("; "));
}

async function show(due: BoardMessage, shown: ShownBoard, ports: Ports, signal: AbortSignal): Promise<void> {
  const isFirstTry = shown.untried.delete(messageKey(due));
  const message = isFirstTry ? withoutWhatIsOver(due) : due;
  const known = message.messageId ?? (isFirstTry ? undefined : await findPosted(message, ports, signal));
  const save = async (board: Board) => {
    await ports.memory.save(shown.board, board, shown.position);
    shown.board = board;
  };
  const settle = (messageId: string) =>
    message.content.type === "notice"
      ? save(withoutMessage(shown.board, message))
      : save(withMessage(shown.board, { ...message, messageId, isDue: false }));
  const forget = () => save(withoutMessage(shown.board, message));

  if (known !== undefined) {
    // Also of one that was just found: it may say what was to be said then.
    const isThere = await edit(message, known, ports, signal);
    if (isThere) return settle(known);
    const again = askAgain(shown.board, message, ports.talos.now());
    if (again === undefined) return forget();
    const what = message.content.type === "prompt" ? "what is open is asked again" : "its pipeline is told again";
    ports.log.info(`Discord: a message was deleted from channel ${message.channelId}; ${what}`);
    await save(again.board);
    shown.untried.add(messageKey(again.message));
    return show(again.message, shown, ports, signal);
  }
  if (message.content.type === "prompt" && !hasOpenQuestion(message)) return forget();
  const posted = await post(message, shown, ports, signal);
  if (posted === undefined) return forget();
  // Discord may have given back what it took at a former try, which said less.
  if (!isFirstTry) await edit(message, posted, ports, signal);
  return settle(posted);
}

/** Nobody has seen the question, so nobody needs to be told that it is over. */
function withoutWhatIsOver(message: BoardMessage): BoardMessage {
  const { content } = message;
  if (content.type !== "prompt") return message;
  return {
    ...message,
    content: { ...content, questions: content.questions.filter(({ state }) => state.kind === "open") },
  };
}

/** The message of a former try whose outcome nobody knows. */
async function findPosted(message: BoardMessage, { api }: Ports, signal: AbortSignal): Promise<string | undefined> {
  const recent = await lasting(() => api.recent(message.channelId, signal));
  if (recent.kind === "refused") return undefined;
  return recent.value.find(({ embeds: [first] }) => Date.parse(first?.timestamp ?? "") === message.markMs)?.id;
}

/** False: there is no such message any more, or Talos may not change it. */
async function edit(message: BoardMessage, messageId: string, { api }: Ports, signal: AbortSignal): Promise<boolean> {
  const text = writeBoardMessage(message);
  return (await lasting(() => api.edit(message.channelId, messageId, text, signal))).kind === "done";
}

/** The id of the message; undefined: the channel does not take it. */
async function post(
  message: BoardMessage,
  { closed }: ShownBoard,
  { api, log }: Ports,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { channelId } = message;
  const text = writeBoardMessage(message);
  const posted = await lasting(() => api.post(channelId, text, nonceOf(message), signal));
  if (posted.kind === "done") {
    closed.delete(channelId);
    return posted.value.id;
  }
  if (!closed.has(channelId)) {
    const { message: why, hint = "" } = posted.error;
    log.warn(`Discord: messages for channel ${channelId} are passed over: ${why} ${hint}`.trimEnd());
  }
  closed.add(channelId);
  return undefined;
}

/** At most 25 characters. */
function nonceOf(message: BoardMessage): string {
  return `talos-${messageKey(message)}`;
}

type Lasting<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "refused"; readonly error: TalosError };

/** What Discord refuses for good is an outcome; what may pass is thrown. */
async function lasting<T>(ask: () => Promise<T>): Promise<Lasting<T>> {
  try {
    return { kind: "done", value: await ask() };
  } catch (error) {
    if (error instanceof TalosError && error.code === "discord-failed" && !error.retryable)
      return { kind: "refused", error };
    throw error;
  }
}
