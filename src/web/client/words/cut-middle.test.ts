import { expect, test } from "vitest";
import { cutMiddle } from "./cut-middle.ts";

test.each([
  ["2024.12.1", 9, "2024.12.1"],
  ["2024.12.10", 9, "2024…2.10"],
  ["2024.12.10", 8, "202…2.10"],
  ["", 7, ""],
])("%s in %i characters", (text, most, cut) => {
  expect(cutMiddle(text, most)).toBe(cut);
});
