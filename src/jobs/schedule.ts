import { Cron } from "croner";

/** When something is done again. */
export type Schedule =
  | { readonly kind: "delay"; readonly seconds: number }
  /** Five fields; `timeZone` is an IANA name; undefined: the machine's. */
  | { readonly kind: "cron"; readonly expression: string; readonly timeZone: string | undefined };

/**
 * When the next run begins, in milliseconds since 1970: for a delay, up to a tenth later than it says, so that many do not
 * come back together; for cron, strictly after `endedMs`. Undefined: never. A time of day that a change of clocks skips
 * runs when the clocks have changed; one that comes twice runs once.
 */
export function nextRun(schedule: Schedule, endedMs: number, random01: number): number | undefined {
  switch (schedule.kind) {
    case "delay":
      return endedMs + Math.round(schedule.seconds * 1000 * (1 + random01 / 10));
    case "cron":
      return findCronTime(schedule.expression, schedule.timeZone, endedMs);
  }
}

function findCronTime(expression: string, timeZone: string | undefined, afterMs: number): number | undefined {
  const zone = timeZone === undefined ? {} : { timezone: timeZone };
  const cron = new Cron(expression, { paused: true, mode: "5-part", ...zone });
  return cron.nextRun(new Date(afterMs))?.getTime();
}
