import { expect, test } from "vitest";
import { apiSettings } from "./service.ts";

test.each([[""], [" ".repeat(40)], ["x".repeat(31)]])("The key %j of signed webhooks is too short.", (SecretKey) => {
  const parsed = apiSettings.safeParse({ SecretKey });
  expect(parsed.error?.issues).toMatchObject([{ path: ["SecretKey"], message: "must have 32 characters at least" }]);
});

test("A key of 32 characters is kept as it is.", () => {
  expect(apiSettings.parse({ SecretKey: "x".repeat(32) }).SecretKey?.reveal()).toBe("x".repeat(32));
});
