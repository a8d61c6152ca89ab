import { describe, expect, test } from "vitest";
import { applyEdits } from "./apply-edits.ts";
import type { Edit } from "./edit.ts";

function edit(start: number, from: string, to: string): Edit {
  const place = {
    file: "f",
    line: 1,
    start,
    end: start + from.length,
    notation: "verbatim",
    owner: undefined,
  } as const;
  return { place, from, to };
}

describe("edits of one file are made together", () => {
  test.each([
    ["in any order", [edit(4, "e", "EEE"), edit(0, "ab", "")], "cdEEEf"],
    ["side by side", [edit(0, "ab", "1"), edit(2, "cd", "2")], "12ef"],
    ["twice the same", [edit(1, "b", "B"), edit(1, "b", "B")], "aBcdef"],
    ["with an empty place", [edit(3, "", "+")], "abc+def"],
    ["at the end", [edit(6, "", "!")], "abcdef!"],
    ["none at all", [], "abcdef"],
  ])("%s", (_, edits, text) => {
    expect(applyEdits("abcdef", edits)).toEqual({ kind: "applied", text });
  });

  test.each([
    ["another text at the place", [edit(0, "xx", "1")], "has `ab` where `xx` was expected"],
    ["a place past the end", [edit(9, "x", "1")], "has `` where `x` was expected"],
    ["two texts for one place", [edit(1, "b", "1"), edit(1, "b", "2")], "Two changes"],
    ["two texts for one empty place", [edit(1, "", "1"), edit(1, "", "2")], "Two changes"],
    ["places that overlap", [edit(0, "abc", "1"), edit(2, "cd", "2")], "Two changes"],
  ])("%s is refused", (_, edits, said) => {
    expect(applyEdits("abcdef", edits)).toMatchObject({ kind: "refused", text: expect.stringContaining(said) });
  });
});
