import fc from "fast-check";
import { expect, test } from "vitest";
import { appendLines, emptyLog, joinLines, type LogBuffer, logLimits, plainLine } from "./log-buffer.ts";

const texts = ({ lines }: LogBuffer) => lines.map(({ text }) => text);
const log = (...lines: readonly string[]) => appendLines(emptyLog, lines);

test("the newest lines are kept, and those that went are counted", () => {
  const many = Array.from({ length: logLimits.lines + 10 }, (_, index) => `line ${index}`);
  const buffer = appendLines(log("first"), many);
  expect(buffer.lines).toHaveLength(logLimits.lines);
  expect(buffer.dropped).toBe(11);
  expect(buffer.lines.at(-1)?.text).toBe(many.at(-1));
});

test("long lines take the room of many, and the last one always stays", () => {
  const long = "x".repeat(logLimits.characters - 10);
  expect(texts(appendLines(log("a", "b"), [long]))).toEqual(["a", "b", long]);
  expect(texts(appendLines(log("a".repeat(11)), [long]))).toEqual([long]);
  expect(texts(appendLines(log("a"), [`${long}${long}`]))).toEqual([`${long}${long}`]);
});

test("ids go on, also when everything before is gone", () => {
  const buffer = appendLines(appendLines(log("a", "b"), ["x".repeat(logLimits.characters)]), ["c"]);
  expect(buffer.lines.map(({ id }) => id)).toEqual([3]);
  expect(buffer.dropped).toBe(3);
});

test.each([
  ["all of it is known", ["a", "b", "c"], ["b", "c"], ["a", "b", "c"]],
  ["some is new", ["a", "b", "c"], ["b", "c", "d"], ["a", "b", "c", "d"]],
  ["more is told than is known", ["b"], ["a", "b", "c"], ["b", "c"]],
  ["nothing is known", ["a"], ["x", "y"], ["a", "gap", "x", "y"]],
  ["the same line again and again", ["t", "t"], ["t", "t"], ["t", "t"]],
  ["there was nothing", [], ["a"], ["a"]],
])("connected again, %s", (_name, before, again, after) => {
  expect(texts(joinLines(log(...before), again, "gap"))).toEqual(after);
});

test("lines that differ are neither lost nor doubled, wherever the connection broke", () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(60), fc.integer({ min: 1, max: 120 }), (seen, missed, told) => {
      const all = Array.from({ length: seen + missed }, (_, index) => `line ${index}`);
      const again = all.slice(-told);
      const joined = texts(joinLines(log(...all.slice(0, seen)), again, "gap"));
      const expected = again.length >= missed + 1 || seen === 0 ? [] : ["gap"];
      expect(joined.filter((text) => text === "gap")).toEqual(missed === 0 ? [] : expected);
      expect(new Set(joined).size).toBe(joined.length);
      if (expected.length === 0 && told >= all.length) expect(joined).toEqual(all);
    }),
  );
});

test.each([
  ["\u001b[31mred\u001b[0m", "red"],
  ["\u001b]8;;https://evil\u0007link\u001b]8;;\u0007", "link"],
  ["a\u202egnp.exe", "agnp.exe"],
  ["\u001b[2J\u001b[Hgone", "gone"],
  ["tab\tstays", "tab\tstays"],
  ["<b>text</b>", "<b>text</b>"],
])("%j is shown as %j", (written, shown) => {
  expect(plainLine(written)).toBe(shown);
});
