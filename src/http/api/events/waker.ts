/** What somebody waits for again and again, each time for a limited time. */
export interface Waker {
  /** Ends the wait of all who wait now. */
  wake(): void;
  /** False: nothing happened for so long. Ends when the signal aborts, too. */
  wait(forMs: number, signal?: AbortSignal): Promise<boolean>;
}

export function createWaker(): Waker {
  const waiting = new Set<(isWoken: boolean) => void>();
  return {
    wake() {
      for (const end of waiting) end(true);
    },
    wait: (forMs, signal) =>
      new Promise((resolve) => {
        const end = (isWoken: boolean) => {
          clearTimeout(timer);
          waiting.delete(end);
          signal?.removeEventListener("abort", abort);
          resolve(isWoken);
        };
        const abort = () => end(true);
        const timer = setTimeout(end, forMs, false);
        waiting.add(end);
        signal?.addEventListener("abort", abort);
        if (signal?.aborted === true) abort();
      }),
  };
}
