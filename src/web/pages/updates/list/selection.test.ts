import { expect, test } from "vitest";
import { nothingSelected, type Selection, toggle, toggleAll } from "./selection.ts";

const order = ["a", "b", "c", "d", "e"];

function click(...clicks: readonly (readonly [id: string, isRange: boolean])[]): Selection {
  return clicks.reduce((selection, [id, isRange]) => toggle(selection, id, isRange, order), nothingSelected);
}

test.each([
  [[["b", false]], ["b"]],
  [
    [
      ["b", false],
      ["b", false],
    ],
    [],
  ],
  [
    [
      ["b", false],
      ["d", true],
    ],
    ["b", "c", "d"],
  ],
  [
    [
      ["d", false],
      ["b", true],
    ],
    ["d", "b", "c"],
  ],
  [[["b", true]], ["b"]],
  [
    [
      ["a", false],
      ["e", true],
      ["c", false],
      ["e", true],
    ],
    ["a", "b"],
  ],
] as const)("%j selects %j", (clicks, ids) => {
  expect([...click(...clicks).ids].toSorted((a, b) => a.localeCompare(b))).toEqual(
    [...ids].toSorted((a, b) => a.localeCompare(b)),
  );
});

test("a range from what is not shown any more is the one that was clicked", () => {
  const selection = toggle({ ids: new Set(["gone"]), anchor: "gone" }, "c", true, order);
  expect([...selection.ids]).toEqual(["gone", "c"]);
});

test("all that are shown are selected, or none, and others stay", () => {
  const all = toggleAll({ ids: new Set(["hidden"]), anchor: undefined }, order);
  expect(all.ids).toEqual(new Set(["hidden", ...order]));
  expect(toggleAll(all, order).ids).toEqual(new Set(["hidden"]));
});
