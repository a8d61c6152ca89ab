/** Resolves when the signal aborts; when `forgotten` does, nobody waits any more. */
export function untilAborted(signal: AbortSignal, forgotten?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener("abort", () => resolve(), {
        once: true,
        ...(forgotten === undefined ? {} : { signal: forgotten }),
      });
  });
}
