import type { Clock } from "../../src/registries/clock.ts";

export interface VirtualClock extends Clock {
  advance(milliseconds: number): void;
  readonly waits: readonly number[];
}

/** Nobody waits: time jumps to the end of each wait, and waits at the same time overlap as real ones do. */
export function createVirtualClock(start = Date.UTC(2026, 0, 1)): VirtualClock {
  let now = start;
  let seed = 1;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    random: () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    },
    wait: async (milliseconds, signal) => {
      signal.throwIfAborted();
      waits.push(milliseconds);
      const due = now + milliseconds;
      await new Promise((resolve) => setImmediate(resolve));
      now = Math.max(now, due);
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
