import { expect, test } from "vitest";
import { eventKinds } from "../../../events/event.ts";
import type { LoggedEvent } from "../../../http/api/api-schemas.ts";
import { eventTopics, matchesFilter } from "./event-filter.ts";

const event = (changes: Partial<LoggedEvent>): LoggedEvent => ({
  position: 1,
  kind: "queued",
  atMs: 0,
  actor: "talos",
  cause: "policy",
  text: "it happened",
  ...changes,
});

test("every kind is about one topic", () => {
  const topics: readonly string[] = Object.values(eventTopics).flat();
  expect(topics).toEqual(expect.arrayContaining([...eventKinds]));
  expect(new Set(topics).size).toBe(topics.length);
});

test("each condition narrows", () => {
  const failed = event({ kind: "scan-failed", source: "a" });
  expect(matchesFilter(failed, {})).toBe(true);
  expect(matchesFilter(failed, { source: "b" })).toBe(false);
  expect(matchesFilter(failed, { topic: "queue" })).toBe(false);
  expect(matchesFilter(failed, { topic: "scans", isFailuresOnly: true, source: "a" })).toBe(true);
  expect(matchesFilter(event({}), { isFailuresOnly: true })).toBe(false);
});

test("who only looked is passed over until everything is wanted, but not what failed then", () => {
  const looked = event({ kind: "operation", facts: { access: "read", outcome: "ok" } });
  const failed = event({ kind: "operation", facts: { access: "read", outcome: "host-unreachable" } });
  const listed = event({ kind: "operation", facts: { access: "admin", operation: "token list", outcome: "ok" } });
  expect(matchesFilter(looked, {})).toBe(false);
  expect(matchesFilter(listed, {})).toBe(false);
  expect(matchesFilter(looked, { isEverything: true })).toBe(true);
  expect(matchesFilter(failed, {})).toBe(true);
});
