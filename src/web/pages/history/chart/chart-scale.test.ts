import fc from "fast-check";
import { expect, test } from "vitest";
import { chartSteps, namesIn, stackSegments } from "./chart-scale.ts";

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6, 8]],
  [38, [0, 10, 20, 30, 40]],
  [420, [0, 200, 400, 600]],
])("up to %i the lines are at %j", (greatest, steps) => {
  expect(chartSteps(greatest)).toEqual(steps);
});

test("whatever the greatest value, it fits under a handful of whole steps", () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), (greatest) => {
      const steps = chartSteps(greatest);
      expect(steps.at(-1)).toBeGreaterThanOrEqual(greatest);
      expect(steps.length).toBeLessThanOrEqual(6);
      expect(steps.every(Number.isInteger)).toBe(true);
    }),
  );
});

test("segments lie one on the other and leave out what is nothing", () => {
  expect(stackSegments(["digest", "patch", "major"], { major: 2, digest: 3 })).toEqual([
    { name: "digest", value: 3, from: 0, to: 3 },
    { name: "major", value: 2, from: 3, to: 5 },
  ]);
});

test("names that nobody knows come last", () => {
  expect(namesIn(["digest", "patch"], [{ patch: 1, odd: 2 }, { digest: 0 }])).toEqual(["patch", "odd"]);
});
