const firstMs = 1000;
const longestMs = 30_000;
const lastingFactor = 10;

/**
 * How long to wait after the `failures`th failure in a row (1, 2, …): a second, twice as long each time, up to half a minute; ten
 * times that for what does not pass by itself. Of that `random01` (0 to 1) takes off up to half, so that hosts that
 * went away together are not asked together.
 */
export function retryWaitMs(failures: number, isLasting: boolean, random01: number): number {
  const wholeMs = Math.min(longestMs, firstMs * 2 ** (failures - 1)) * (isLasting ? lastingFactor : 1);
  return Math.round(wholeMs * (1 - random01 / 2));
}
