const firstWaitMs = 5000;
const longestWaitMs = 300_000;

/**
 * How long a job waits after an error, `failures` (from 1) having followed one another: 5 seconds, doubling up to 5
 * minutes, with up to a tenth more so that many do not come back together.
 */
export function failureWaitMs(failures: number, random01: number): number {
  const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1));
  return Math.round(waitMs * (1 + random01 / 10));
}
