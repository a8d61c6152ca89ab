import type { Clock } from "./clock.ts";
import type { LookupFailure } from "./registry.ts";

/**
 * A registry that gave not one good answer during a whole look-up is down or has had enough: those who come next are told so at once,
 * instead of each finding out for itself.
 */
export interface Outage {
  /** To be called when a look-up begins; the result when it ends without an answer. */
  watch(): (failure: LookupFailure) => void;
  /** The registry gave an answer. */
  end(): void;
  find(): LookupFailure | undefined;
}

const rememberedMs = 30_000;

export function createOutage(clock: Clock): Outage {
  let goodAnswers = 0;
  let current: { readonly failure: LookupFailure; readonly until: number } | undefined;
  return {
    watch: () => {
      const before = goodAnswers;
      return (failure) => {
        if (goodAnswers !== before) return;
        const rememberMs = Math.max(rememberedMs, (failure.retryAfterSeconds ?? 0) * 1000);
        current ??= { failure, until: clock.now() + rememberMs };
      };
    },
    end: () => {
      goodAnswers += 1;
      current = undefined;
    },
    find: () => {
      if (current !== undefined && current.until <= clock.now()) current = undefined;
      return current?.failure;
    },
  };
}
