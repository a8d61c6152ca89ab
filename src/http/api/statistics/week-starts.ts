import { readWallClock } from "../../../policy/time-zone.ts";

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** The moments at which the latest weeks began, oldest first, the current one last: Mondays at midnight in that zone. */
export function weekStarts(nowMs: number, weeks: number, timeZone: string): readonly number[] {
  const { day, minute, asUtcMs } = readWallClock(nowMs, timeZone);
  const monday = asUtcMs - minute * minuteMs - ((day + 6) % 7) * dayMs;
  return Array.from({ length: weeks }, (_, index) => atWallClock(monday - (weeks - 1 - index) * 7 * dayMs, timeZone));
}

/** The moment at which a clock in that zone shows what a clock of UTC shows at `asUtcMs`. Twice: the first may be off by a change of the clocks. */
function atWallClock(asUtcMs: number, timeZone: string): number {
  let moment = asUtcMs;
  for (let step = 0; step < 2; step++) moment += asUtcMs - readWallClock(moment, timeZone).asUtcMs;
  return moment;
}
