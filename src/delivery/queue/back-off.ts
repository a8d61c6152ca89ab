const firstMs = 5000;
const growth = 3;
const longestMs = 3_600_000;

/** After so many failed attempts a failure that may pass makes a dead letter too. */
export const attemptLimit = 10;

/**
 * How long to wait after the `attempts`th failed attempt (1, 2, …): 5 s, as most of what passes is over in seconds, and three
 * times as long each time up to an hour, so that a server may be away for an hour. Of that `random01` (0 to
 * 1) takes off up to half, so that what failed together does not come back together.
 */
export function backOffMs(attempts: number, random01: number): number {
  const wholeMs = Math.min(longestMs, firstMs * growth ** Math.max(0, attempts - 1));
  return Math.round(wholeMs * (1 - random01 / 2));
}
