// When an update may be delivered. Windows are wall-clock times: on the night when clocks go forward a window inside the
// missing hour does not open, and when they go back the repeated hour counts twice.
import type { DeliveryWindow } from "./policy.ts";
import { readWallClock } from "./time-zone.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Every window opens once a week, or, when its hour was missing, the week after. */
const daysAhead = 15;

/** Without windows any time will do. `defaultTimeZone` holds for windows that name none. */
export function isInsideWindow(windows: readonly DeliveryWindow[], nowMs: number, defaultTimeZone: string): boolean {
  return windows.length === 0 || windows.some((window) => isOpen(window, nowMs, window.timeZone ?? defaultTimeZone));
}

/** The first moment, now or later, that is inside one of the windows. */
export function nextOpening(
  windows: readonly DeliveryWindow[],
  nowMs: number,
  defaultTimeZone: string,
): number | undefined {
  if (isInsideWindow(windows, nowMs, defaultTimeZone)) return nowMs;
  let earliest: number | undefined;
  for (const window of windows) {
    const timeZone = window.timeZone ?? defaultTimeZone;
    for (const moment of possibleOpenings(window, nowMs, timeZone)) {
      const isEarlier = moment > nowMs && (earliest === undefined || moment < earliest);
      if (isEarlier && isOpen(window, moment, timeZone)) earliest = moment;
    }
  }
  return earliest;
}

function isOpen(window: DeliveryWindow, nowMs: number, timeZone: string): boolean {
  const { day, minute } = readWallClock(nowMs, timeZone);
  const isToday = window.days.includes(day);
  if (window.fromMinute < window.toMinute) return isToday && minute >= window.fromMinute && minute < window.toMinute;
  const wasYesterday = window.days.includes((day + 6) % 7);
  return (isToday && minute >= window.fromMinute) || (wasYesterday && minute < window.toMinute);
}

/** A window opens at its first minute, or where the clocks are changed into it. */
function possibleOpenings(window: DeliveryWindow, nowMs: number, timeZone: string): number[] {
  const today = Math.floor(readWallClock(nowMs, timeZone).asUtcMs / dayMs) * dayMs;
  const moments: number[] = [];
  for (let ahead = 0; ahead <= daysAhead; ahead++) {
    const wallMs = today + ahead * dayMs + window.fromMinute * minuteMs;
    const before = clockAheadMs(wallMs - dayMs, timeZone);
    const after = clockAheadMs(wallMs + dayMs, timeZone);
    moments.push(wallMs - before, wallMs - after);
    if (before !== after) moments.push(clockChange(wallMs - dayMs, wallMs + dayMs, timeZone));
  }
  return moments;
}

/** The first minute of (fromMs, toMs] at which the clocks stand otherwise than at `fromMs`. */
function clockChange(fromMs: number, toMs: number, timeZone: string): number {
  const before = clockAheadMs(fromMs, timeZone);
  let low = fromMs;
  let high = toMs;
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / minuteMs / 2) * minuteMs;
    if (clockAheadMs(middle, timeZone) === before) low = middle;
    else high = middle;
  }
  return high;
}

function clockAheadMs(nowMs: number, timeZone: string): number {
  return readWallClock(nowMs, timeZone).asUtcMs - Math.floor(nowMs / minuteMs) * minuteMs;
}
