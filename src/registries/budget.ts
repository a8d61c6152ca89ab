import type { Clock } from "./clock.ts";
import { parseRetryAfter, type RateLimit, readRateLimit } from "./rate-limit.ts";
import type { Answer } from "./transport.ts";

/** What one registry still allows, learned from its own answers. */
export interface Budget {
  learn(answer: Answer): void;
  /** Until anything may be sent again. */
  pauseMs(): number;
  /** Until a request that counts as a pull may be sent; undefined: now. */
  findHoldMs(): number | undefined;
}

/** This part of the allowed pulls is left to those who really pull. */
const reservedPart = 0.1;
const unknownResetMs = 3_600_000;

export function createBudget(clock: Clock): Budget {
  let pausedUntil = 0;
  let known: { readonly rate: RateLimit; readonly at: number } | undefined;
  return {
    learn: (answer) => {
      const now = clock.now();
      const rate = readRateLimit(answer.header, now);
      if (rate !== undefined) known = { rate, at: now };
      const isEmpty = rate !== undefined && rate.remaining === 0 && rate.isResetKnown;
      if (isEmpty) pausedUntil = Math.max(pausedUntil, now + (rate.resetSeconds ?? 0) * 1000);
      if (answer.status !== 429 && answer.status !== 503) return;
      const askedMs = parseRetryAfter(answer.header("retry-after"), now);
      if (askedMs !== undefined) pausedUntil = Math.max(pausedUntil, now + askedMs);
    },
    pauseMs: () => Math.max(0, pausedUntil - clock.now()),
    findHoldMs: () => {
      if (known === undefined || known.rate.remaining > known.rate.limit * reservedPart) return undefined;
      const resetMs = known.rate.resetSeconds === undefined ? unknownResetMs : known.rate.resetSeconds * 1000;
      const holdMs = known.at + resetMs - clock.now();
      return holdMs > 0 ? holdMs : undefined;
    },
  };
}
