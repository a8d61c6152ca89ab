import { format, inspect } from "node:util";
import { expect, test } from "vitest";
import { createSecret } from "./secret.ts";

const secret = createSecret("hunter2");

test("A secret is revealed when asked by name.", () => {
  expect(secret.reveal()).toBe("hunter2");
});

test.each([
  ["a template", `${String(secret)}`],
  ["a concatenation", "password: " + secret.toString()],
  ["JSON", JSON.stringify({ secret })],
  ["inspect", inspect({ secret }, { depth: 9, showHidden: true })],
  ["console formatting", format("%s %o %j", secret, secret, secret)],
  ["its properties", JSON.stringify(Object.values(secret).map(String)).replace(/\(\) => /g, "")],
])("A secret does not show in %s.", (_, text) => {
  expect(text).not.toContain("hunter2");
});
