import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type FollowState, followLog } from "./follow-log.ts";
import { appendLines, emptyLog, joinLines, type LogBuffer } from "./log-buffer.ts";

export interface UsedLog {
  readonly state: FollowState;
  readonly log: LogBuffer;
  readonly isPaused: boolean;
  /** Lines that came while it was paused. */
  readonly waiting: number;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly clear: () => void;
  /** Once it has ended. */
  readonly followAgain: () => void;
}

const gapNote = "— the connection was lost here; lines may be missing —";
/** Lines are shown at this pace at most, however fast they come. */
const frameMs = 100;
/** So long the first lines after a lost connection are waited for. */
const gatherMs = 400;
/** So long after it has ended a container that runs is followed again. */
const againMs = 1500;

/** The log of a container as long as the part of the page that calls it is there, also after it was started again. */
export function useLog(host: string, container: string, isRunning: boolean): UsedLog {
  const state = useSignal<FollowState>({ kind: "connecting" });
  /** All that was read; while it is paused, `shown` stays behind. */
  const read = useRef<LogBuffer>(emptyLog);
  const shown = useSignal<LogBuffer>(emptyLog);
  const latest = useSignal(-1);
  const isPaused = useSignal(false);
  const round = useSignal(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const show = (): void => {
    clearTimeout(timer.current);
    timer.current = undefined;
    latest.value = lastId(read.current);
    if (!isPaused.peek()) shown.value = read.current;
  };
  useEffect(() => {
    const ended = new AbortController();
    const isFresh = round.peek() === 0;
    /** What comes first may be known already; it may come in several pieces. */
    let gathered: string[] | undefined = isFresh ? undefined : [];
    const join = (): void => {
      if (gathered === undefined) return;
      read.current = joinLines(read.current, gathered, gapNote);
      gathered = undefined;
    };
    void followLog({ host, container }, ended.signal, {
      onState: (next) => {
        if (next.kind !== "following" || state.peek().kind !== "following") state.value = next;
      },
      onLines: (lines, isAgain) => {
        if (isAgain) gathered ??= [];
        if (gathered === undefined) read.current = appendLines(read.current, lines);
        else gathered.push(...lines);
        timer.current ??= setTimeout(
          () => {
            join();
            show();
          },
          gathered === undefined ? frameMs : gatherMs,
        );
      },
    });
    return () => {
      ended.abort();
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [host, container, round.value]);

  // One that was started again writes again.
  const isOver = state.value.kind === "ended" && isRunning;
  useEffect(() => {
    if (!isOver) return undefined;
    const again = setTimeout(() => (round.value += 1), againMs);
    return () => clearTimeout(again);
  }, [isOver, round.value]);

  return {
    state: state.value,
    log: shown.value,
    isPaused: isPaused.value,
    waiting: Math.max(0, latest.value - lastId(shown.value)),
    pause: () => {
      isPaused.value = true;
    },
    resume: () => {
      isPaused.value = false;
      show();
    },
    clear: () => {
      read.current = { lines: [], dropped: lastId(read.current) + 1 };
      show();
    },
    followAgain: () => {
      round.value += 1;
    },
  };
}

function lastId({ lines, dropped }: LogBuffer): number {
  return lines.at(-1)?.id ?? dropped - 1;
}
