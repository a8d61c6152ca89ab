import fc from "fast-check";
import { expect, test } from "vitest";
import { textWidth } from "../text-width.ts";
import { cutMiddle, layoutTable, wrapText } from "./layout-table.ts";

const plain = (_format: unknown, text: string) => text;
const cells = (...texts: readonly string[]) => texts.map((text) => ({ text }));

test("columns are aligned and the last one is not padded", () => {
  expect(
    layoutTable([cells("a", "long one", "x"), cells("bb", "b", "yy")], { columns: undefined, style: plain }),
  ).toEqual(["a   long one  x", "bb  b         yy"]);
});

test("a wide character takes two columns", () => {
  expect(layoutTable([cells("家", "x"), cells("abc", "y")], { columns: undefined, style: plain })).toEqual([
    "家   x",
    "abc  y",
  ]);
});

test("the widest column gives way first", () => {
  const [line = ""] = layoutTable([cells("web", "registry.example.com/a/very/long/image:1.2.3", "push")], {
    columns: 40,
    style: plain,
  });
  expect(line).toMatch(/^web {2}registry\.examp…ng\/image:1\.2\.3 {2}push$/);
  expect(line).toHaveLength(40);
});

test("no line is wider than there is room, for columns that can be cut", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 40, max: 120 }),
      (rows, width) => {
        for (const line of layoutTable(
          rows.map((row) => cells(...row)),
          { columns: width, style: plain },
        ))
          expect(textWidth(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});

test("a text is cut in the middle to exactly the room there is", () => {
  expect(cutMiddle("abcdefghij", 7)).toBe("abc…hij");
  expect(cutMiddle("abc", 7)).toBe("abc");
});

test("wrapping loses no word", () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }),
      fc.integer({ min: 5, max: 80 }),
      (words, width) => {
        expect(wrapText(words.join(" "), width).join(" ")).toBe(words.join(" "));
      },
    ),
  );
});
