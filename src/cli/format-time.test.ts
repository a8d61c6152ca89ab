import { expect, test } from "vitest";
import { formatClock, formatTime } from "./format-time.ts";

const now = new Date(2026, 10, 21, 14, 0, 0).getTime();
const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];

test.each([
  [0, "now"],
  [-500, "now"],
  [-45 * second, "45 s ago"],
  [-(5 * minute + 30 * second), "5 min ago"],
  [2 * hour + 5 * minute + 59 * second, "in 2 h 5 min"],
  [-(1 * day + 3 * hour + 20 * minute), "1 day 3 h ago"],
  [2 * day, "2026-11-23 14:00"],
  [-40 * day, "2026-10-12 14:00"],
])("%d ms from now is %s", (distance, text) => {
  expect(formatTime(now + distance, now)).toBe(text);
});

test("by the clock a time is that of this machine, with the date where it is another day's", () => {
  expect(formatClock(now, now + hour)).toBe("14:00:00");
  expect(formatClock(now, now + 11 * hour)).toBe("2026-11-21 14:00");
});
