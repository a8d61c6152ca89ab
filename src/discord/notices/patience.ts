const shortestMs = 1000;
const longestMs = 60_000;

/** How long to wait after one failure, and longer after each further one. */
export function patience(now: () => number) {
  let failures = 0;
  let untilMs = 0;
  return {
    /** Whether it is the first one. */
    failed(afterSeconds = 0): boolean {
      const backOffMs = Math.min(longestMs, shortestMs * 2 ** failures);
      untilMs = now() + Math.max(backOffMs, afterSeconds * 1000);
      failures += 1;
      return failures === 1;
    },
    /** Whether something had failed before. */
    succeeded(): boolean {
      const hadFailed = failures > 0;
      failures = 0;
      untilMs = 0;
      return hadFailed;
    },
    leftMs: () => Math.max(0, untilMs - now()),
  };
}
