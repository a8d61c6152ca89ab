import fc from "fast-check";
import { expect, test } from "vitest";
import { formatDuration, parseDuration } from "./duration.ts";

test.each([
  ["15m", 900],
  ["90s", 90],
  ["12h", 43_200],
  ["3d", 259_200],
  ["1w 2d", 777_600],
  ["2h5min", 7_500],
  ["2 h 5 min", 7_500],
  [" 3 Days ", 259_200],
  ["1 minute", 60],
  ["0", 0],
  ["0s", 0],
])("%s is %d seconds", (text, seconds) => {
  expect(parseDuration(text)).toEqual({ kind: "duration", seconds });
});

test.each([
  ["15", "needs a unit: `15s`, `15m`, `15h` or `15d`"],
  ["", "must be a duration such as `15m`, `12h` or `3d`, not ``"],
  ["-1d", "must be a duration such as `15m`, `12h` or `3d`, not `-1d`"],
  ["1.5h", "must be a duration such as `15m`, `12h` or `3d`, not `1.5h`"],
  ["P3D", "must be a duration such as `15m`, `12h` or `3d`, not `P3D`"],
  ["3y", "has the unknown unit `y`; use s, m, h, d or w"],
  ["1h 30m 2h", "names the unit `h` twice"],
  ["99999w", "must be ten years (3650d) at most"],
])("%s is refused: %s", (text, problem) => {
  expect(parseDuration(text)).toEqual({ kind: "invalid", problem });
});

test.each([
  [0, "0 s"],
  [45, "45 s"],
  [7_500, "2 h 5 min"],
  [86_400, "1 day"],
  [259_200, "3 days"],
  [266_400, "3 days 2 h"],
  [259_260, "3 days"],
  [3_601.9, "1 h"],
])("%d seconds are %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test("a duration that was formatted is read back, less what two units cannot say", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3650 * 86_400 }), (seconds) => {
      const reading = parseDuration(formatDuration(seconds));
      const lost = reading.kind === "duration" ? seconds - reading.seconds : Number.NaN;
      expect(lost).toBeGreaterThanOrEqual(0);
      expect(lost).toBeLessThan(seconds >= 86_400 ? 3600 : 60);
    }),
  );
});

test("any text is read or refused, and none takes long", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => ["duration", "invalid"].includes(parseDuration(text).kind)),
  );
  expect(parseDuration(`${"1d ".repeat(5_000)}!`).kind).toBe("invalid");
});
