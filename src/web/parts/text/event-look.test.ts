import { expect, test } from "vitest";
import { eventKinds } from "../../../events/event.ts";
import { eventLook, isFailure } from "./event-look.ts";

test.each([
  [{ kind: "dead-lettered" }, true],
  [{ kind: "delivered" }, false],
  [{ kind: "operation", facts: { outcome: "ok" } }, false],
  [{ kind: "operation", facts: { outcome: "cancelled" } }, false],
  [{ kind: "operation", facts: { outcome: "host-unreachable" } }, true],
  [{ kind: "pipeline", facts: { state: "failed" } }, true],
  [{ kind: "pipeline", facts: { state: "running" } }, false],
] as const)("%o is a failure: %s", (changes, expected) => {
  expect(isFailure(changes)).toBe(expected);
});

test.each(eventKinds)("%s has words", (kind) => {
  expect(eventLook({ kind, facts: { state: "running", outcome: "ok" } }).label).toMatch(/^[a-z ]+$/);
});

test.each([
  ["pipeline", { state: "success" }, "good", "pipeline passed"],
  ["pipeline", { state: "failed" }, "bad", "pipeline failed"],
  ["pipeline", { state: "canceled" }, "warning", "pipeline cancelled"],
  ["operation", { outcome: "host-unreachable" }, "bad", "host-unreachable"],
  ["of-tomorrow", {}, "quiet", "of-tomorrow"],
])("%s %o is %s: %s", (kind, facts, tone, label) => {
  expect(eventLook({ kind, facts })).toMatchObject({ tone, label });
});
