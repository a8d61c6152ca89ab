/** Calls back once after a time of any length; what it returns calls that off. */
export type SetTimer = (callback: () => void, delayMs: number) => CancelTimer;
export type CancelTimer = () => void;

/** The runtime fires at once when it is asked to wait for longer than this. */
const longestTimeoutMs = 2 ** 31 - 1;

export const setSystemTimer: SetTimer = (callback, delayMs) => {
  let timeout: NodeJS.Timeout;
  const waitFor = (leftMs: number): void => {
    const partMs = Math.min(longestTimeoutMs, Math.max(0, leftMs));
    timeout = setTimeout(() => {
      if (leftMs > partMs) waitFor(leftMs - partMs);
      else callback();
    }, partMs);
  };
  waitFor(delayMs);
  return () => clearTimeout(timeout);
};
