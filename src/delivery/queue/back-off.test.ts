import { expect, test } from "vitest";
import { attemptLimit, backOffMs } from "./back-off.ts";

test("the wait begins at 5 seconds and trebles with every failed attempt, up to an hour", () => {
  const seconds = [1, 2, 3, 4, 5, 6, 7, 8, 500].map((attempts) => backOffMs(attempts, 0) / 1000);
  expect(seconds).toEqual([5, 15, 45, 135, 405, 1215, 3600, 3600, 3600]);
});

test("chance takes off half of it at most", () => {
  expect([0, 0.5, 1].map((random) => backOffMs(2, random))).toEqual([15_000, 11_250, 7500]);
});

test("all attempts together take between one hour and a little less than four", () => {
  const waits = (random: number) =>
    Array.from({ length: attemptLimit - 1 }, (_, index) => backOffMs(index + 1, random)).reduce((sum, ms) => sum + ms);
  expect(waits(1) / 3_600_000).toBeGreaterThan(1);
  expect(waits(0) / 3_600_000).toBeLessThan(4);
});
