import { exitStatus } from "./exit-status.ts";

/** How long the steps under way may take to end. */
const graceMs = 10_000;
/** A terminal signals every process of a command, and some of them hand it on: what comes at once is the same signal. */
const sameSignalMs = 500;

/** Aborted by the first SIGTERM or SIGINT; the second one ends the process, and so does the end of the grace. */
export function endOnSignals(): AbortSignal {
  const ending = new AbortController();
  let toldMs = Number.POSITIVE_INFINITY;
  const end = (): void => {
    if (performance.now() - toldMs > sameSignalMs) process.exit(exitStatus.failed);
    if (ending.signal.aborted) return;
    toldMs = performance.now();
    ending.abort();
    // What hangs must not keep the process; nothing is lost by that.
    setTimeout(() => process.exit(exitStatus.done), graceMs - 500).unref();
  };
  process.on("SIGTERM", end).on("SIGINT", end);
  return ending.signal;
}
