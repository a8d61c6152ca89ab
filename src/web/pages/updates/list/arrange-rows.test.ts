import fc from "fast-check";
import { expect, test } from "vitest";
import { rowsBetween } from "./arrange-rows.ts";

const heights = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 60 });

test("exactly the rows that any of which is in sight are made", () => {
  fc.assert(
    fc.property(
      heights,
      fc.integer({ min: -200, max: 5000 }),
      fc.integer({ min: 0, max: 1000 }),
      (sizes, top, height) => {
        const offsets = sizes.reduce<number[]>((sums, size) => [...sums, (sums.at(-1) ?? 0) + size], [0]);
        const [from, to] = rowsBetween(offsets, top, top + height);
        const inSight = sizes.flatMap((size, index) => {
          const begin = offsets[index] ?? 0;
          return begin + size > top && begin <= top + height ? [index] : [];
        });
        const made = sizes.map((_, index) => index).slice(from, to);
        expect(made).toEqual(inSight);
      },
    ),
  );
});

test("of nothing there is nothing", () => {
  expect(rowsBetween([0], 0, 1000)).toEqual([0, 0]);
});
