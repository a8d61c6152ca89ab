import { expect, test } from "vitest";
import { lastDay } from "./last-day.ts";

const hourMs = 3_600_000;
const nowMs = 100 * hourMs + 1;

test("a day has 24 hours that end with this one, whatever was asked", () => {
  const hours = [
    { startMs: 76 * hourMs, head: 9, get: 9 },
    { startMs: 77 * hourMs, head: 1, get: 2 },
    { startMs: 100 * hourMs, head: 3, get: 0 },
  ];
  const day = lastDay(hours, nowMs);
  expect(day.map(({ startMs }) => startMs / hourMs)).toEqual(Array.from({ length: 24 }, (_, index) => 77 + index));
  expect(day[0]).toEqual(hours[1]);
  expect(day[1]).toEqual({ startMs: 78 * hourMs, head: 0, get: 0 });
  expect(day[23]).toEqual(hours[2]);
});
