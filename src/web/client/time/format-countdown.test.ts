import { expect, test } from "vitest";
import { formatCountdown } from "./format-countdown.ts";

test.each([
  [-5, undefined],
  [0, undefined],
  [1, "1 s"],
  [59_000, "59 s"],
  [60_000, "1 min 00 s"],
  [249_000, "4 min 09 s"],
  [3_840_000, "1 h 04 min"],
  [183_600_000, "2 d 3 h"],
])("%i ms are %s", (leftMs, text) => {
  expect(formatCountdown(leftMs)).toBe(text);
});
