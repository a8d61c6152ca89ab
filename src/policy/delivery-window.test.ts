import fc from "fast-check";
import { expect, test } from "vitest";
import { isInsideWindow, nextOpening } from "./delivery-window.ts";
import { parseDeliveryWindow } from "./parse-delivery-window.ts";
import type { DeliveryWindow } from "./policy.ts";

const berlin = "Europe/Berlin";
const minuteMs = 60_000;

function windows(text: string): readonly DeliveryWindow[] {
  const reading = parseDeliveryWindow(text);
  if (reading.kind === "invalid") throw new Error(reading.problem);
  return reading.windows;
}

/** 2026-01-16 is a Friday; Berlin is an hour ahead of UTC then. */
test.each([
  ["Mon-Fri 22:00-06:00", "2026-01-16T20:59:59Z", false],
  ["Mon-Fri 22:00-06:00", "2026-01-16T21:00:00Z", true],
  ["Mon-Fri 22:00-06:00", "2026-01-17T04:59:59Z", true],
  ["Mon-Fri 22:00-06:00", "2026-01-17T05:00:00Z", false],
  ["Mon-Fri 22:00-06:00", "2026-01-17T22:00:00Z", false],
  ["Mon-Fri 22:00-06:00", "2026-01-19T04:00:00Z", false],
  ["weekends", "2026-01-16T23:00:00Z", true],
  ["weekends", "2026-01-18T23:00:00Z", false],
  ["Sat 00:00-24:00 UTC", "2026-01-16T23:30:00Z", false],
  ["Fri 12:00-12:00 UTC", "2026-01-17T11:59:00Z", true],
  ["Fri 12:00-12:00 UTC", "2026-01-17T12:00:00Z", false],
])("%s at %s: inside is %s", (text, time, isInside) => {
  expect(isInsideWindow(windows(text), Date.parse(time), berlin)).toBe(isInside);
});

test("without windows any time will do", () => {
  expect(isInsideWindow([], 0, berlin)).toBe(true);
  expect(nextOpening([], 5, berlin)).toBe(5);
});

/** In Berlin the clocks go from 02:00 to 03:00 on 2026-03-29 and from 03:00 to 02:00 on 2026-10-25, at 01:00 UTC. */
test.each([
  ["inside it is now", "daily", "2026-01-16T09:13:00Z", "2026-01-16T09:13:00Z"],
  ["the same day", "10:00-11:00", "2026-01-16T08:00:30Z", "2026-01-16T09:00:00Z"],
  ["the next week", "Fri 10:00-11:00", "2026-01-16T10:00:00Z", "2026-01-23T09:00:00Z"],
  ["the nearest of several", "Mon 10:00-11:00; Sun 9:00-10:00", "2026-01-16T10:00:00Z", "2026-01-18T08:00:00Z"],
  ["begun in the missing hour", "02:30-04:00", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"],
  ["within the missing hour: a day later", "02:10-02:50", "2026-03-29T00:00:00Z", "2026-03-30T00:10:00Z"],
  ["within the missing hour: a week later", "Sun 02:10-02:50", "2026-03-28T12:00:00Z", "2026-04-05T00:10:00Z"],
  ["the first of two equal hours", "02:30-02:45", "2026-10-24T23:00:00Z", "2026-10-25T00:30:00Z"],
  ["the second of two equal hours", "02:30-02:45", "2026-10-25T00:50:00Z", "2026-10-25T01:30:00Z"],
  ["clocks set back into the window", "01:30-02:30", "2026-10-25T00:40:00Z", "2026-10-25T01:00:00Z"],
])("the next opening, %s: %s from %s is %s", (_, text, now, opening) => {
  const found = nextOpening(windows(text), Date.parse(now), berlin);
  expect(found === undefined ? "none" : new Date(found).toISOString()).toBe(new Date(opening).toISOString());
});

const anyWindow = fc.record({
  days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
  fromMinute: fc.integer({ min: 0, max: 1439 }),
  toMinute: fc.integer({ min: 0, max: 1440 }),
  timeZone: fc.constantFrom(berlin, "America/New_York", "Australia/Lord_Howe", "UTC", undefined),
  text: fc.constant("a window"),
});
/** Round both changes of the clocks, where mistakes would be. */
const anyTime = fc
  .tuple(
    fc.constantFrom("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2026-04-04T15:00:00Z"),
    fc.integer({ min: -1500, max: 1500 }),
  )
  .map(([change, minutes]) => Date.parse(change) + minutes * minuteMs);

test("the next opening is inside, and no quarter of an hour before it is", () => {
  fc.assert(
    fc.property(fc.array(anyWindow, { minLength: 1, maxLength: 3 }), anyTime, (list, now) => {
      const opening = nextOpening(list, now, "Asia/Kathmandu");
      if (opening === undefined) throw new Error("it never opens");
      expect(isInsideWindow(list, opening, "Asia/Kathmandu")).toBe(true);
      for (let time = now; time < opening; time += 15 * minuteMs) {
        expect(isInsideWindow(list, time, "Asia/Kathmandu")).toBe(false);
      }
      if (opening > now) expect(isInsideWindow(list, opening - minuteMs, "Asia/Kathmandu")).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test("a window and the rest of its days cover every moment once", () => {
  fc.assert(
    fc.property(anyWindow, anyTime, ({ fromMinute, ...window }, now) => {
      const toMinute = (fromMinute + 700) % 1440;
      const everyDay = { ...window, days: [0, 1, 2, 3, 4, 5, 6] };
      const inside = isInsideWindow([{ ...everyDay, fromMinute, toMinute }], now, "UTC");
      const outside = isInsideWindow([{ ...everyDay, fromMinute: toMinute, toMinute: fromMinute }], now, "UTC");
      expect(inside).toBe(!outside);
    }),
  );
});
