import { expect, test } from "vitest";
import { visibleText } from "./visible-text.ts";

test.each([
  ["nginx:1.27", "nginx:1.27"],
  ["a\u202egnp.exe", "a‹202e›gnp.exe"],
  ["web\u200b", "web‹200b›"],
  ["one\ntwo\tthree", "one\ntwo\tthree"],
  ["\u001b[31m", "‹001b›[31m"],
  ["größer 日本語 👩‍💻", "größer 日本語 👩‍💻"],
])("%j is shown as %j", (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});
