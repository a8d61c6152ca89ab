import { describe, expect, test } from "vitest";
import { makeUpdate } from "../../../test/fixtures/make-update.ts";
import { compareUpdates } from "./compare-updates.ts";

const redis = (rest: string) => makeUpdate([`docker.io/library/redis:${rest}`]);
const group = (...versions: readonly string[]) =>
  makeUpdate(versions.map((version, index) => `ghcr.io/immich/part${index}:${version}`));

const opposite = {
  newer: "older",
  older: "newer",
  same: "same",
  refreshed: "refreshed",
  unrelated: "unrelated",
} as const;

describe("one image", () => {
  test.each([
    ["a higher tag", "7.2", "7.10", "newer"],
    ["the same text", "7.2@a", "7.2@a", "same"],
    ["another digest of a tag, seen later", "7@a+1", "7@b+2", "newer"],
    ["another digest of a tag, and only its time known", "7@a", "7@b+2", "newer"],
    ["another digest of a tag, no time known", "7@a", "7@b", "unrelated"],
    ["another digest of a tag, seen at the same time", "7@a+1", "7@b+1", "unrelated"],
    ["a tag that is higher, whenever its digest was seen", "7@a+9", "8@b+1", "newer"],
    ["the same tag without digest", "7@a+1", "7", "refreshed"],
    ["another variant", "7-alpine", "8-bookworm", "unrelated"],
    ["a version instead of a floating tag", "latest", "8", "unrelated"],
  ] as const)("%s", (_, a, b, expected) => {
    expect(compareUpdates(redis(a), redis(b))).toBe(expected);
    expect(compareUpdates(redis(b), redis(a))).toBe(opposite[expected]);
  });

  test("another repository is unrelated, whatever its tag", () => {
    expect(compareUpdates(redis("7"), makeUpdate(["ghcr.io/library/redis:8"]))).toBe("unrelated");
    expect(compareUpdates(redis("7"), makeUpdate(["docker.io/valkey/valkey:8"]))).toBe("unrelated");
  });

  test("the same version with another text before it, name, size or window is refreshed", () => {
    const update = redis("7@a");
    const changed = (facts: object) => ({
      ...update,
      members: update.members.map((member) => ({ ...member, ...facts })),
    });
    for (const other of [
      changed({ from: "redis:6" }),
      changed({ to: "redis:7" }),
      changed({ name: "cache" }),
      { ...update, size: "major" as const },
      { ...update, window: ["weekends"] },
    ])
      expect(compareUpdates(update, other)).toBe("refreshed");
  });

  test("when its digest was first seen makes no other update", () => {
    expect(compareUpdates(redis("7@a"), redis("7@a+4"))).toBe("same");
  });
});

describe("a group", () => {
  test.each([
    ["all members newer", ["1.0", "1.0"], ["1.1", "1.1"], "newer"],
    ["one newer, one the same", ["1.0", "1.0"], ["1.0", "1.1"], "newer"],
    ["one newer, one older", ["1.0", "1.1"], ["1.1", "1.0"], "unrelated"],
    ["one newer, one of another family", ["1.0", "1.1"], ["1.1", "1.2-alpine"], "unrelated"],
    ["the same", ["1.0", "1.1"], ["1.0", "1.1"], "same"],
    ["the same with a member more", ["1.0", "1.1"], ["1.0", "1.1", "1.1"], "unrelated"],
    ["newer with a member more", ["1.0", "1.0"], ["1.1", "1.1", "1.1"], "newer"],
    ["mixed with a member less", ["1.0", "1.1", "1.1"], ["1.1", "1.0"], "unrelated"],
  ] as const)("%s", (_, a, b, expected) => {
    expect(compareUpdates(group(...a), group(...b))).toBe(expected);
    expect(compareUpdates(group(...b), group(...a))).toBe(opposite[expected]);
  });

  test("members are told by their ids, not their places", () => {
    const update = group("1.0", "1.1");
    expect(compareUpdates(update, { ...update, members: update.members.toReversed() })).toBe("same");
  });

  test("without a member in common is unrelated", () => {
    const update = group("1.0", "1.1");
    expect(compareUpdates({ ...update, members: update.members.slice(1) }, group("2.0"))).toBe("unrelated");
  });
});
