import { expect, test } from "vitest";
import { retryWaitMs } from "./retry-wait.ts";

test("waits double up to half a minute, and are spread over their second half", () => {
  expect([1, 2, 3, 6, 7, 50].map((failures) => retryWaitMs(failures, false, 0))).toEqual([
    1000, 2000, 4000, 30_000, 30_000, 30_000,
  ]);
  expect(retryWaitMs(2, false, 1)).toBe(1000);
});

test("what does not pass by itself is tried ten times less often", () => {
  expect([1, 6, 5000].map((failures) => retryWaitMs(failures, true, 0))).toEqual([10_000, 300_000, 300_000]);
});
