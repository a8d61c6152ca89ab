/**
 * Shows the run of an operation in the answer that was promised. What is done quickly costs one edit; what takes longer shows
 * how far it is, at most once a second, until the last edit gives the answer. That one is tried for a while when Discord is
 * away, because the operation is done and whoever asked does not know.
 */
import type { Progress } from "../../operations/operation.ts";
import type { OperationAnswer } from "../../operations/run-operation.ts";
import type { ViewPart } from "../../operations/view.ts";
import { TalosError } from "../../talos-error.ts";
import { backOffMs } from "../connection/keep-trying.ts";
import { untilAborted } from "../connection/until-aborted.ts";
import type { Message } from "../message.ts";
import type { Clock } from "../open-bot.ts";

export interface ShowRunPorts extends Clock {
  readonly edit: (message: Message) => Promise<void>;
}

interface RunState {
  /** How far it is. */
  readonly status: string | undefined;
  /** Parts of the answer that are there already. */
  readonly parts: readonly ViewPart[];
}

export interface RunMessages {
  running(state: RunState): Message;
  done(answer: OperationAnswer): Message;
  /** Talos ended before the operation did. */
  ended(): Message;
}

const quickMs = 700;
const editEveryMs = 1000;
/** After that whoever asked has given up. */
const patienceMs = 600_000;

/** `ending` aborts when Talos ends. A fault of the operation is thrown on. */
export async function showRun(
  steps: AsyncGenerator<Progress, OperationAnswer>,
  messages: RunMessages,
  ports: ShowRunPorts,
  ending: AbortSignal,
): Promise<void> {
  const run = follow(steps);
  const over = new AbortController();
  const ended = untilAborted(ending, over.signal);
  const isOver = Promise.race([
    run.done.then(
      () => undefined,
      () => undefined,
    ),
    ended,
  ]);
  void isOver.then(() => over.abort());
  const pause = (ms: number) => Promise.race([ports.pause(ms, over.signal).catch(() => undefined), isOver]);

  await pause(quickMs);
  let shown: RunState | undefined;
  while (!over.signal.aborted) {
    const state = run.state();
    // Not given up when the answer is there: it could come to Discord after the last one.
    if (state !== shown) await Promise.race([tolerantly(ports.edit(messages.running(state))), ended]);
    shown = state;
    await pause(editEveryMs);
  }
  if (ending.aborted) {
    run.done.catch(() => undefined);
    return ports.edit(messages.ended());
  }
  await persistently(messages.done(await run.done), ports, ending);
}

/** What is followed may go on for days. */
const mostParts = 500;

/** Reads the steps as they come. The state is another object after each. */
function follow(steps: AsyncGenerator<Progress, OperationAnswer>) {
  let state: RunState = { status: undefined, parts: [] };
  const read = async (): Promise<OperationAnswer> => {
    for (;;) {
      const step = await steps.next();
      if (step.done === true) return { ...step.value, view: [...state.parts, ...step.value.view] };
      if (step.value.kind === "status") state = { ...state, status: step.value.text };
      else state = { ...state, parts: [...state.parts, step.value.part].slice(-mostParts) };
    }
  };
  return { done: read(), state: () => state };
}

/** What could not be shown of the way is made up for by what comes after. */
async function tolerantly(edit: Promise<void>): Promise<void> {
  try {
    await edit;
  } catch (error) {
    if (!(error instanceof TalosError)) throw error;
  }
}

async function persistently(message: Message, ports: ShowRunPorts, ending: AbortSignal): Promise<void> {
  const untilMs = ports.now() + patienceMs;
  for (let failures = 1; ; failures += 1) {
    try {
      return await ports.edit(message);
    } catch (error) {
      const isFinal = !(error instanceof TalosError) || !error.retryable || ending.aborted;
      if (isFinal || ports.now() > untilMs) throw error;
      const wait = Math.max(
        Math.min(30_000, backOffMs(failures, ports.random())),
        (error.retryAfterSeconds ?? 0) * 1000,
      );
      await ports.pause(wait, ending).catch(() => undefined);
    }
  }
}
