/**
 * Tells people in Discord's channels of events: from where it stopped, however it stopped. Events of about a second are
 * taken together, so that a scan is one message, and an answer and its delivery one edit. What came while Talos or Discord
 * was away is told when they are back, in few messages; what was before the bot's first start is not.
 */
import { setMaxListeners } from "node:events";
import { questionEvent } from "../../delivery/decisions/question-event.ts";
import { describeUpdate } from "../../delivery/describe-update.ts";
import { TalosError } from "../../talos-error.ts";
import { planBoard, settleBoard, unshownQuestions } from "../board/plan-board.ts";
import type { ToldEvent } from "../board/told-event.ts";
import { awaitNews } from "./await-news.ts";
import { type BoardMemory, openBoardMemory } from "./board-memory.ts";
import { readChannels } from "./channels.ts";
import { describeEvents } from "./describe-events.ts";
import type { NoticePorts } from "./notice-ports.ts";
import { openBoard } from "./open-board.ts";
import { patience } from "./patience.ts";
import { type ShownBoard, showBoard } from "./show-board.ts";

/** So long what follows an event may follow it, to be told together with it. */
const burstMs = 1000;
const eventsAtOnce = 500;

/** Resolves when the signal aborts, or the lease is lost. */
export async function runNotices(ports: NoticePorts, signal: AbortSignal): Promise<void> {
  const memory = openBoardMemory(ports.store, ports.lease);
  const waits = patience(() => ports.talos.now());
  const restarts = patience(() => ports.talos.now());
  while (!signal.aborted)
    try {
      return await follow({ ...ports, memory }, waits, () => restarts.succeeded(), signal);
    } catch (error) {
      if (signal.aborted || (error instanceof TalosError && error.code === "lease-lost")) return;
      const isFirst = restarts.failed();
      if (error instanceof TalosError && isFirst) ports.log.warn(`notices for Discord wait: ${error.message}`);
      if (!(error instanceof TalosError))
        ports.log.error({ error: String(error) }, "notices for Discord failed by a fault of Talos, and begin again");
      await ports.pause(restarts.leftMs(), signal).catch(() => undefined);
    }
}

type Ports = NoticePorts & { readonly memory: BoardMemory };
type Waits = ReturnType<typeof patience>;

/** From what the store holds, until the signal aborts or the store is closed. Throws what is no matter of Discord alone. */
async function follow(ports: Ports, waits: Waits, onWell: () => void, signal: AbortSignal): Promise<void> {
  const { talos, pause } = ports;
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  setMaxListeners(0, either);
  try {
    const shown = await openBoard(ports);
    const news = awaitNews(talos.events.follow(shown.position, either)[Symbol.asyncIterator](), shown.position);
    await takeIn(shown, ports, either);
    await agreeOnQuestions(shown, ports, either);
    while (!signal.aborted) {
      await tryToShow(shown, ports, waits, either);
      onWell();
      const from = await waitFor(news, shown, ports, waits, either);
      if (signal.aborted || from === "ended") return;
      if (from === undefined) continue;
      shown.position = from;
      await pause(burstMs, either);
      await takeIn(shown, ports, either);
    }
  } finally {
    ended.abort();
  }
}

/** All events that there are. */
async function takeIn(shown: ShownBoard, ports: Ports, signal: AbortSignal): Promise<void> {
  for (;;) {
    const page = await ports.talos.events.read(shown.position, eventsAtOnce);
    const last = page.at(-1);
    if (last === undefined) return;
    const events = page.map(({ event }) => event);
    await plan(shown, await describeEvents(events, ports, signal), last.position, ports);
  }
}

async function plan(shown: ShownBoard, told: readonly ToldEvent[], position: number, ports: Ports): Promise<void> {
  const { talos } = ports;
  const board = planBoard(shown.board, told, { nowMs: talos.now(), ...readChannels(talos.config) });
  await save(shown, board, position, ports);
}

async function save(shown: ShownBoard, board: ShownBoard["board"], position: number, { memory }: Ports): Promise<void> {
  await memory.save(shown.board, board, position);
  for (const key of board.messages.keys()) if (!shown.board.messages.has(key)) shown.untried.add(key);
  shown.board = board;
  shown.position = position;
}

/** Open questions that no message shows are asked; what is shown as open and is not is closed. After all events. */
async function agreeOnQuestions(shown: ShownBoard, ports: Ports, signal: AbortSignal): Promise<void> {
  const { talos } = ports;
  const questions = await talos.delivery.questions();
  await save(shown, settleBoard(shown.board, questions, talos.now()), shown.position, ports);
  const asked = unshownQuestions(shown.board, questions).map(({ question }) =>
    questionEvent("question-opened", question, { atMs: question.askedMs, text: describeUpdate(question.update) }),
  );
  await plan(shown, await describeEvents(asked, ports, signal), shown.position, ports);
}

/** While Discord is away everything waits on the board, in order. */
async function tryToShow(shown: ShownBoard, ports: Ports, waits: Waits, signal: AbortSignal): Promise<void> {
  if (waits.leftMs() > 0) return;
  try {
    await showBoard(shown, ports, signal);
    if (waits.succeeded()) ports.log.info("Discord takes messages again");
  } catch (error) {
    if (!(error instanceof TalosError) || error.code !== "discord-failed") throw error;
    if (waits.failed(error.retryAfterSeconds)) ports.log.warn(`Discord takes no messages, they wait: ${error.message}`);
  }
}

/** From where to read on; undefined: what waits is to be tried again. */
async function waitFor(
  news: ReturnType<typeof awaitNews>,
  { position }: ShownBoard,
  { pause }: Ports,
  waits: Waits,
  signal: AbortSignal,
): Promise<number | "ended" | undefined> {
  const enough = new AbortController();
  const leftMs = waits.leftMs();
  const until =
    leftMs > 0
      ? pause(leftMs, AbortSignal.any([signal, enough.signal])).catch(() => undefined)
      : Promise.withResolvers<undefined>().promise;
  const from = await news.next(position, until);
  enough.abort();
  return from;
}
