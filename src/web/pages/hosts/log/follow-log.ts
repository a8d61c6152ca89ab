/** The lines of a container as it writes them; a lost connection is opened again, with growing pauses. */
import type { View } from "../../../../operations/view.ts";
import { type Failure, readFailure, send } from "../../../client/api/ask.ts";
import { readEventStream, type StreamedEvent } from "../../../client/api/read-event-stream.ts";

export interface FollowedLog {
  readonly host: string;
  readonly container: string;
}

export type FollowState =
  | { readonly kind: "connecting" }
  | { readonly kind: "following" }
  /** It is tried again. */
  | { readonly kind: "lost"; readonly failure: Failure }
  /** The container writes no more. */
  | { readonly kind: "ended" }
  | { readonly kind: "refused"; readonly failure: Failure };

export interface LogListener {
  readonly onState: (state: FollowState) => void;
  /** `isAgain`: the first lines after a connection was lost, which may be known already. */
  readonly onLines: (lines: readonly string[], isAgain: boolean) => void;
}

/** How many of the lines that are there already are asked for. */
const linesBefore = 500;
const firstPauseMs = 500;
const longestPauseMs = 10_000;
/** Each try that Talos refuses leaves an event there. */
const longestRefusedPauseMs = 120_000;

/** Ends with the signal, or when there is nothing more to come. */
export async function followLog(log: FollowedLog, signal: AbortSignal, { onState, onLines }: LogListener) {
  let pauseMs = firstPauseMs;
  let isAgain = false;
  onState({ kind: "connecting" });
  while (!signal.aborted) {
    const end = await followOnce(log, signal, (lines) => {
      onState({ kind: "following" });
      if (lines.length === 0) return;
      pauseMs = firstPauseMs;
      onLines(lines, isAgain);
      isAgain = false;
    });
    if (signal.aborted) return;
    onState(end);
    if (end.kind !== "lost") return;
    isAgain = true;
    await pause(end.failure.retryAfterSeconds === undefined ? pauseMs : end.failure.retryAfterSeconds * 1000, signal);
    pauseMs = Math.min(pauseMs * 2, end.failure.status === 0 ? longestPauseMs : longestRefusedPauseMs);
  }
}

type FollowEnd = Exclude<FollowState, { readonly kind: "connecting" | "following" }>;

async function followOnce(
  { host, container }: FollowedLog,
  signal: AbortSignal,
  onLines: (lines: readonly string[]) => void,
): Promise<FollowEnd> {
  const body = { host, container, lines: linesBefore, follow: true };
  const response = await send("operations/container.logs", { method: "POST", body, signal }, "text/event-stream");
  if (!(response instanceof Response)) return { kind: "lost", failure: response };
  if (!response.ok) return refuse(await readFailure(response));
  if (response.body === null) return { kind: "lost", failure: connectionLost };
  onLines([]);
  try {
    for await (const event of readEventStream(response.body)) {
      const end = readEvent(event, onLines);
      if (end !== undefined) return end;
    }
  } catch {
    // The connection broke.
  }
  return { kind: "lost", failure: connectionLost };
}

/** How it ends, when it does. */
function readEvent({ name, text }: StreamedEvent, onLines: (lines: readonly string[]) => void): FollowEnd | undefined {
  if (name === "answer") {
    const { view }: { readonly view: View } = JSON.parse(text);
    onLines(linesOf(view));
    return { kind: "ended" };
  }
  // The host may be away, or the container just being replaced: both pass.
  if (name === "problem") {
    const failure: Failure = JSON.parse(text);
    return { kind: "lost", failure };
  }
  if (name === "part") {
    const part: View[number] = JSON.parse(text);
    onLines(linesOf([part]));
  }
  return undefined;
}

function linesOf(view: View): readonly string[] {
  return view.flatMap((part) => (part.type === "log" ? part.lines : []));
}

function refuse(failure: Failure): FollowEnd {
  const isPassing = failure.status >= 500 || failure.status === 429 || failure.status === 408;
  return { kind: isPassing ? "lost" : "refused", failure };
}

function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, durationMs);
    signal.addEventListener("abort", end);
  });
}

const connectionLost: Failure = { status: 0, code: "unreachable", title: "The connection was lost" };
