import { expect, test } from "vitest";
import type { LoggedEvent } from "../../../http/api/api-schemas.ts";
import { isNews, summariseDay } from "./summarise-day.ts";

function event(kind: LoggedEvent["kind"], facts?: LoggedEvent["facts"]): LoggedEvent {
  return { kind, position: 1, atMs: 0, actor: "talos", cause: "policy", text: "", ...(facts ? { facts } : {}) };
}

test.each([
  ["delivered", undefined, true],
  ["scan-failed", undefined, true],
  ["scan-finished", undefined, false],
  ["waiting", undefined, false],
  ["operation", { operation: "why", access: "read" }, false],
  ["operation", { operation: "scan", access: "operate" }, false],
  ["operation", { operation: "token list", access: "admin" }, false],
  ["operation", { operation: "container restart", access: "operate" }, true],
] as const)("of a day %s %o is news: %s", (kind, facts, expected) => {
  expect(isNews(event(kind, facts))).toBe(expected);
});

test("a day is summed up by what became of updates", () => {
  const events = [event("delivered"), event("delivered"), event("question-opened"), event("held")];
  expect(summariseDay(events)).toBe("2 delivered, 1 asked.");
  expect(summariseDay([event("held")])).toBe("Nothing was delivered or asked.");
});
