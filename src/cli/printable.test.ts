import fc from "fast-check";
import { expect, test } from "vitest";
import { printable } from "./printable.ts";

test.each([
  ["web", "web"],
  ["naïve 家 🏠", "naïve 家 🏠"],
  ["red\u001b[31m", "red\\u001b[31m"],
  ["a\nb\r", "a\\u000ab\\u000d"],
  ["abc\u202egpj", "abc\\u202egpj"],
  ["\u009b2J", "\\u009b2J"],
  ["a\u2028b\u061c", "a\\u2028b\\u061c"],
])("%j prints as %j", (text, expected) => {
  expect(printable(text)).toBe(expected);
});

test("nothing that a terminal obeys comes through", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !/[\p{Cc}\u202a-\u202e]/u.test(printable(text))));
});
