import { describe, expect, test } from "vitest";
import { makeUpdate } from "../../../test/fixtures/make-update.ts";
import { enqueueUpdate } from "./enqueue-update.ts";
import type { Cause, QueueEntry } from "./queue-entry.ts";

const redis = (rest: string) => makeUpdate([`docker.io/library/redis:${rest}`]);
const policy: Cause = { kind: "policy", atMs: 10 };
const ada: Cause = { kind: "person", actor: "ada (terminal)", atMs: 20 };
const replay: Cause = { kind: "replay", actor: "bob (discord)", atMs: 30 };
const entry = (version: string, cause = policy): QueueEntry => ({
  update: redis(version),
  cause,
  queuedMs: 100,
  attempts: 3,
  notBeforeMs: 900,
  lastError: "no route to host",
});

describe("an update that is wanted", () => {
  test("is added with the time and no attempts where nothing of its target is queued", () => {
    const wanted = { update: redis("7"), cause: policy };
    expect(enqueueUpdate(undefined, wanted, 500)).toEqual({
      kind: "added",
      entry: { ...wanted, queuedMs: 500, attempts: 0 },
      text: "redis:7 is queued",
    });
  });

  test("changes nothing when it is queued already", () => {
    const existing = entry("7");
    const outcome = enqueueUpdate(existing, { update: redis("7"), cause: { ...policy, atMs: 400 } }, 500);
    expect(outcome).toEqual({ kind: "unchanged", entry: existing, text: "redis:7 is queued already" });
    expect(outcome.entry).toBe(existing);
  });

  test("takes the place of an older one, and begins afresh there", () => {
    const wanted = { update: redis("8"), cause: policy };
    expect(enqueueUpdate(entry("7"), wanted, 500)).toEqual({
      kind: "replaced",
      entry: { ...wanted, queuedMs: 100, attempts: 0 },
      text: "redis:8 is queued instead of redis:7, which is older",
    });
  });

  test.each([policy, ada, replay])("is refused from %o when a newer one is queued", (cause) => {
    const existing = entry("8");
    const outcome = enqueueUpdate(existing, { update: redis("7"), cause }, 500);
    expect(outcome).toEqual({
      kind: "refused",
      entry: existing,
      text: "redis:7 is not queued: redis:8 is, which is newer",
    });
  });

  test.each([policy, ada])("wins from %o where there is no telling which is newer", (cause) => {
    const wanted = { update: redis("7@b"), cause };
    const { kind, entry: queued } = enqueueUpdate(entry("7@a"), wanted, 500);
    expect({ kind, queued }).toEqual({ kind: "replaced", queued: { ...wanted, queuedMs: 100, attempts: 0 } });
  });

  test("gives way as a replay where there is no telling: it was decided on an earlier text", () => {
    expect(enqueueUpdate(entry("7@a"), { update: redis("7@b"), cause: replay }, 500).kind).toBe("refused");
  });

  test("of the same version brings its new facts, and the attempts stay", () => {
    const existing = entry("7");
    const update = { ...redis("7"), window: ["weekends"] };
    expect(enqueueUpdate(existing, { update, cause: policy }, 500)).toEqual({
      kind: "refreshed",
      entry: { ...existing, update },
      text: "redis:7 was queued already, and is as it is wanted now",
    });
  });
});

describe("who wanted it", () => {
  test.each([
    ["a person stays when policy wants it too", ada, policy, ada],
    ["a replay stays when policy wants it too", replay, policy, replay],
    ["a person stays when it is replayed", ada, replay, ada],
    ["a person joins what policy wanted", policy, ada, ada],
    ["a second person does not take it from the first", ada, { ...ada, actor: "eve (page)" }, ada],
  ])("%s", (_, first, second, expected) => {
    const existing = entry("7", first);
    const same = enqueueUpdate(existing, { update: redis("7"), cause: second }, 500);
    expect(same.entry).toEqual({ ...existing, cause: expected });
    expect(same.kind).toBe(first === expected ? "unchanged" : "refreshed");
    const refreshed = enqueueUpdate(existing, { update: { ...redis("7"), size: "major" }, cause: second }, 500);
    expect(refreshed.entry.cause).toEqual(expected);
  });

  test("a person who approves a newer version is the cause of it, and policy of a still newer one", () => {
    const approved = enqueueUpdate(entry("7"), { update: redis("8"), cause: ada }, 500).entry;
    expect(approved.cause).toEqual(ada);
    expect(enqueueUpdate(approved, { update: redis("9"), cause: policy }, 600).entry.cause).toEqual(policy);
  });
});
