import type { Counted } from "../../store/store.ts";
import type { Update } from "../update.ts";
import { formatUpdate } from "./format-update.ts";

/** At most so many images of a registry domain in any `perSeconds`, because every update makes somebody pull. */
export interface Throttle {
  readonly limit: number;
  readonly perSeconds: number;
}

/** What is left of one domain's throttle while a queue is decided. */
export interface ThrottleRoom {
  readonly throttle: Throttle;
  /** What counts now: delivered within the window, under way, or let go in this pass. */
  used(): number;
  /** The update that has waited longest of those that room is kept for: `redis:7.4@1a2b3c4d`. */
  keptFor(): string;
  /** Also when nothing were kept for others. */
  hasSpace(count: number): boolean;
  /** Beside what is kept for others. */
  hasRoom(count: number): boolean;
  take(count: number): void;
  keep(count: number, update: Update): void;
  /**
   * When so many fit beside what is kept: enough of what was delivered has left the window then. undefined: what is under
   * way would have to leave as well, and it has not even come in.
   */
  roomAtMs(count: number): number | undefined;
}

/** What was delivered at a moment counts until `perSeconds` after it. */
export function openThrottleRoom(
  throttle: Throttle,
  delivered: readonly Counted[],
  reserved: number,
  nowMs: number,
): ThrottleRoom {
  const departures = sumDepartures(throttle, delivered, nowMs);
  let used = reserved + (departures.at(-1)?.total ?? 0);
  let kept = 0;
  let keptFor = "";
  return {
    throttle,
    used: () => used,
    keptFor: () => keptFor,
    hasSpace: (count) => used + count <= throttle.limit,
    hasRoom: (count) => used + kept + count <= throttle.limit,
    take(count) {
      used += count;
    },
    keep(count, update) {
      kept += count;
      if (keptFor === "") keptFor = formatUpdate(update);
    },
    roomAtMs: (count) => departureOf(departures, used + kept + count - throttle.limit),
  };
}

interface Departure {
  readonly atMs: number;
  /** How many have left the window by then. */
  readonly total: number;
}

function sumDepartures({ perSeconds }: Throttle, delivered: readonly Counted[], nowMs: number): readonly Departure[] {
  let total = 0;
  return delivered
    .map(({ atMs, count }) => ({ atMs: atMs + perSeconds * 1000, count }))
    .filter(({ atMs }) => atMs > nowMs)
    .map(({ atMs, count }) => {
      total += count;
      return { atMs, total };
    });
}

/** By halving: every entry of a long queue may ask. */
function departureOf(departures: readonly Departure[], count: number): number | undefined {
  let low = 0;
  let high = departures.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((departures[middle]?.total ?? 0) >= count) high = middle;
    else low = middle + 1;
  }
  return departures[low]?.atMs;
}
