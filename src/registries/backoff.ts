import type { Clock } from "./clock.ts";
import { isLasting } from "./explain-network-failure.ts";
import { parseRetryAfter } from "./rate-limit.ts";
import type { Answer, Sent } from "./transport.ts";

const firstWaitMs = 250;
const longestWaitMs = 8000;
/** A connection that fails is tried less often than a server that says it is busy. */
const connectionAttempts = 5;

/**
 * How long to wait before the same request is worth sending again; undefined: never. `attempt` counts from 1. Waits double, and are
 * spread so that those who failed together do not come back together.
 */
export function findRetryWait(sent: Sent, attempt: number, clock: Clock): number | undefined {
  const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1)) * (0.5 + clock.random() / 2);
  if (sent.kind === "failed") return isLasting(sent) || attempt >= connectionAttempts ? undefined : waitMs;
  if (!isBusy(sent.answer)) return undefined;
  const askedMs = parseRetryAfter(sent.answer.header("retry-after"), clock.now());
  return askedMs === undefined ? waitMs : askedMs + clock.random() * Math.min(1000, askedMs / 10 + 100);
}

/** Too many requests, or a server's passing trouble. */
export function isBusy(answer: Answer): boolean {
  return answer.status === 429 || answer.status === 408 || (answer.status >= 500 && answer.status !== 501);
}
