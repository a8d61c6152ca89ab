import { describe, expect, test } from "vitest";
import { nextRun, type Schedule } from "./schedule.ts";

test.each([
  [0, 3_600_000],
  [0.5, 3_780_000],
  [0.999_999_9, 3_960_000],
])("A delay counts from the end of the run and grows by up to a tenth (random %s).", (random01, waitMs) => {
  expect(nextRun({ kind: "delay", seconds: 3600 }, 1_000_000, random01)).toBe(1_000_000 + waitMs);
});

describe("Cron, in Berlin:", () => {
  test.each([
    ["the same day", "0 4 * * *", "2026-01-01T02:59:59.999Z", "2026-01-01T03:00:00.000Z"],
    ["at the very time: the next", "0 4 * * *", "2026-01-01T03:00:00.000Z", "2026-01-02T03:00:00.000Z"],
    ["a moment after it: the next", "0 4 * * *", "2026-01-01T03:00:00.001Z", "2026-01-02T03:00:00.000Z"],
    ["names of days", "0 4 * * MON-FRI", "2026-01-02T12:00:00.000Z", "2026-01-05T03:00:00.000Z"],
    ["steps", "*/15 * * * *", "2026-01-02T12:01:00.000Z", "2026-01-02T12:15:00.000Z"],
    ["a rare day", "0 0 29 2 *", "2026-03-01T00:00:00.000Z", "2028-02-28T23:00:00.000Z"],
    ["a skipped hour: when it is over", "30 2 * * *", "2026-03-28T12:00:00.000Z", "2026-03-29T01:00:00.000Z"],
    ["after a skipped hour", "30 2 * * *", "2026-03-29T01:00:00.000Z", "2026-03-30T00:30:00.000Z"],
    ["an hour that comes twice: the first", "30 2 * * *", "2026-10-24T12:00:00.000Z", "2026-10-25T00:30:00.000Z"],
    ["not the second", "30 2 * * *", "2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z"],
    ["every hour: both", "0 * * * *", "2026-10-25T00:00:00.000Z", "2026-10-25T01:00:00.000Z"],
  ])("%s", (_title, expression, ended, next) => {
    expect(at(nextRun(cron(expression, "Europe/Berlin"), Date.parse(ended), 0.9))).toBe(next);
  });

  test("What can never be has no next run.", () => {
    expect(nextRun(cron("0 0 30 2 *", "Europe/Berlin"), 0, 0)).toBeUndefined();
  });
});

function cron(expression: string, timeZone: string): Schedule {
  return { kind: "cron", expression, timeZone };
}

function at(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}
