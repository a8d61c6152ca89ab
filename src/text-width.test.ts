import fc from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { textWidth } from "./text-width.ts";

test.each([
  ["plain", 5],
  ["", 0],
  ["a…b", 3],
  ["家", 2],
  ["e\u0301", 1],
  ["❤️", 2],
  ["👩‍👩‍👧", 2],
  ["🇩🇪", 2],
  ["\u200B", 0],
] as const)("%j takes %i columns", (text, columns) => {
  expect(textWidth(text)).toBe(columns);
});

test("a text takes as many columns as string-width says", () => {
  // Notes with stem and flag are drawn in one piece by some terminals and in three by others.
  const grapheme = fc
    .string({ unit: "grapheme", maxLength: 20 })
    .filter((text) => !/[\u{1D100}-\u{1D1FF}]/u.test(text));
  fc.assert(fc.property(grapheme, (text) => textWidth(text) === stringWidth(text)));
});
