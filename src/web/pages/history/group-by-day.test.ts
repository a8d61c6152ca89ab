import { expect, test } from "vitest";
import { groupByDay, nameDay } from "./group-by-day.ts";

const at = (text: string) => ({ atMs: Date.parse(text) });
const nowMs = Date.parse("2026-11-21T12:00:00Z");

test("items of one day come together, in the order they have", () => {
  const items = [at("2026-11-21T11:00:00Z"), at("2026-11-21T01:00:00Z"), at("2026-11-20T23:00:00Z")];
  const days = groupByDay(items, "UTC");
  expect(days.map(({ key, items }) => [key, items.length])).toEqual([
    ["2026-11-21", 2],
    ["2026-11-20", 1],
  ]);
});

test("a day ends at midnight where the reader is", () => {
  const items = [at("2026-11-20T22:30:00Z"), at("2026-11-20T23:30:00Z")];
  expect(groupByDay(items, "Europe/Berlin").map(({ key }) => key)).toEqual(["2026-11-20", "2026-11-21"]);
});

test.each([
  ["2026-11-21T00:00:00Z", "Today"],
  ["2026-11-20T23:59:59Z", "Yesterday"],
  ["2026-11-19T23:59:59Z", "Thursday 19 November 2026"],
])("%s is called %s", (text, name) => {
  expect(nameDay(Date.parse(text), nowMs, "UTC").replace(",", "")).toBe(name);
});

test("yesterday is yesterday also after a day of 25 hours", () => {
  const now = Date.parse("2026-10-26T00:30:00+01:00");
  expect(nameDay(Date.parse("2026-10-25T00:10:00+02:00"), now, "Europe/Berlin")).toBe("Yesterday");
});
