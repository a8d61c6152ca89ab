import { expect, test } from "vitest";
import { readableLine } from "./readable-line.ts";

test.each([
  ["plain", "plain"],
  ["\u001b[1;31mred\u001b[0m text", "red text"],
  ["10%\r20%\r", "20%"],
  ["windows\r", "windows"],
  ["a\tb", "a    b"],
  ["  indented", "  indented"],
  ["", ""],
  ["x".repeat(4000), "x".repeat(4000)],
  ["x".repeat(4001), `${"x".repeat(4000)}… and 1 more characters`],
])("%j is read as %j", (line, read) => {
  expect(readableLine(line)).toBe(read);
});
