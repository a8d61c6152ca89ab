/** The time one look-up has. Waiting in line behind others does not count, requests and waits of its own do. */
export interface LookupTime {
  readonly signal: AbortSignal;
  spend(milliseconds: number): void;
  remainingMs(): number;
}

export function createLookupTime(totalMs: number, signal: AbortSignal): LookupTime {
  let spentMs = 0;
  return {
    signal,
    spend: (milliseconds) => {
      spentMs += milliseconds;
    },
    remainingMs: () => totalMs - spentMs,
  };
}
