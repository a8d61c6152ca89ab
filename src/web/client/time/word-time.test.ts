import { expect, test } from "vitest";
import { wordNextTime, wordTime } from "./word-time.ts";

const nowMs = Date.UTC(2026, 10, 21, 12);
const minute = 60_000;

test.each([
  [-1000, "just now"],
  [-29_000, "just now"],
  [-45_000, "1 min ago"],
  [-5 * minute, "5 min ago"],
  [-59.6 * minute, "1 h ago"],
  [-90 * minute, "2 h ago"],
  [-3 * 24 * 60 * minute, "3 d ago"],
  [20_000, "in a moment"],
  [10 * minute, "in 10 min"],
  [26 * 60 * minute, "in 1 d"],
])("%i ms from now is worded", (distance, words) => {
  expect(wordTime(nowMs + distance, nowMs)).toBe(words);
});

test.each([
  [-2 * minute, "now"],
  [4000, "now"],
  [20_000, "in a moment"],
  [10 * minute, "in 10 min"],
])("what comes next %i ms from now is worded", (distance, words) => {
  expect(wordNextTime(nowMs + distance, nowMs)).toBe(words);
});

test("what is more than a month away is a date", () => {
  expect(wordTime(Date.UTC(2026, 1, 3, 12), nowMs)).toMatch(/2026/);
});
