/** What comes close together is one: `run` starts this long after the last, */
const quietMs = 250;
/** and at the latest this long after the first. */
const longestMs = 2000;

export interface Debounced extends Disposable {
  request(): void;
}

/** Runs once for a burst of requests, and never twice at a time. `run` must not reject. */
export function debounce(run: () => Promise<void>): Debounced {
  let firstMs: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  let isOver = false;
  const schedule = () => {
    if (isOver || isRunning || firstMs === undefined) return;
    clearTimeout(timer);
    timer = setTimeout(start, Math.max(0, Math.min(quietMs, firstMs + longestMs - performance.now())));
  };
  const start = () => {
    firstMs = undefined;
    isRunning = true;
    void run().finally(() => {
      isRunning = false;
      schedule();
    });
  };
  return {
    request() {
      firstMs ??= performance.now();
      schedule();
    },
    [Symbol.dispose]() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
