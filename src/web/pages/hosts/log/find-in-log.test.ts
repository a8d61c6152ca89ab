import fc from "fast-check";
import { expect, test } from "vitest";
import { findInLog, markMatches, nextMatch } from "./find-in-log.ts";

const lines = ["GET /", "error: no", "POST /", "Error: yes"].map((text, id) => ({ id, text }));

test("lines are found whatever their case", () => {
  expect(findInLog(lines, "ERROR")).toEqual([1, 3]);
  expect(findInLog(lines, "")).toEqual([]);
});

test("next and previous go round", () => {
  expect(nextMatch([1, 3], undefined, 1)).toBe(1);
  expect(nextMatch([1, 3], 1, 1)).toBe(3);
  expect(nextMatch([1, 3], 3, 1)).toBe(1);
  expect(nextMatch([1, 3], 1, -1)).toBe(3);
  expect(nextMatch([1, 3], undefined, -1)).toBe(3);
  expect(nextMatch([], 1, 1)).toBeUndefined();
});

test("marking changes no character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ maxLength: 3 }), (text, words) => {
      expect(
        markMatches(text, words)
          .map((piece) => piece.text)
          .join(""),
      ).toBe(text);
    }),
  );
  expect(markMatches("an Error, an error", "error").filter(({ isMatch }) => isMatch)).toHaveLength(2);
});
