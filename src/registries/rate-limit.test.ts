import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRetryAfter, readRateLimit } from "./rate-limit.ts";

const now = Date.UTC(2026, 0, 1);

test.each([
  ["0", 0],
  ["120", 120_000],
  [" 1.5 ", 1500],
  ["Thu, 01 Jan 2026 00:02:00 GMT", 120_000],
  ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
  ["-5", undefined],
  ["soon", undefined],
  ["", undefined],
  [undefined, undefined],
])("Retry-After %j is %j ms.", (text, expected) => {
  expect(parseRetryAfter(text, now)).toBe(expected);
});

test.each([
  [
    { "ratelimit-limit": "100;w=21600", "ratelimit-remaining": "76;w=21600" },
    { limit: 100, remaining: 76, resetSeconds: 21_600, isResetKnown: false },
  ],
  [
    { "x-ratelimit-limit": "60", "x-ratelimit-remaining": "0", "x-ratelimit-reset": `${now / 1000 + 90}` },
    { limit: 60, remaining: 0, resetSeconds: 90, isResetKnown: true },
  ],
  [{ "ratelimit-remaining": "5" }, { limit: 5, remaining: 5, resetSeconds: undefined, isResetKnown: false }],
  [
    { "ratelimit-limit": "10, 10;w=1, 100;w=60", "ratelimit-remaining": "9", "ratelimit-reset": "1" },
    { limit: 10, remaining: 9, resetSeconds: 1, isResetKnown: true },
  ],
  [{ "ratelimit-limit": "100" }, undefined],
  [{ "ratelimit-remaining": "many" }, undefined],
  [{}, undefined],
])("Headers %j say %j.", (headers, expected) => {
  const byName = new Map<string, string>(Object.entries(headers));
  expect(readRateLimit((name) => byName.get(name), now)).toEqual(expected);
});

test("Headers of any text are read without failing, and never give a time before now.", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.integer().map(String)), (text) => {
      expect(parseRetryAfter(text, now) ?? 0).toBeGreaterThanOrEqual(0);
      expect(readRateLimit(() => text, now)?.resetSeconds ?? 0).toBeGreaterThanOrEqual(0);
    }),
  );
});
