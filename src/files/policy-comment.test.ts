import { describe, expect, test } from "vitest";
import type { Setting } from "../policy/setting.ts";
import { readPolicyComments } from "./policy-comment.ts";

/** A setting as plain values, without places. */
function plain(setting: Setting | undefined): unknown {
  switch (setting?.kind) {
    case undefined:
      return undefined;
    case "scalar":
      return setting.text;
    case "list":
      return setting.items.map(plain);
    case "map":
      return Object.fromEntries(setting.entries.map((entry) => [entry.key, plain(entry.value)]));
  }
}

function read(text: string) {
  const { policy, lineCount } = readPolicyComments(
    text.split("\n").map((line, index) => ({ text: line, line: index + 5 })),
  );
  return { policy, long: plain(policy?.long), short: plain(policy?.short), lineCount };
}

describe("a policy comment is read", () => {
  const cases: readonly [text: string, long: unknown, short: unknown, lineCount: number][] = [
    ["# !talos skip=false bump=minor", { skip: "false", bump: "minor" }, undefined, 1],
    ["# !talos", {}, undefined, 1],
    ["#!talos bump=minor", { bump: "minor" }, undefined, 1],
    ["   \t#   !TALOS bump=Minor\r", { bump: "Minor" }, undefined, 1],
    ["# !tl ^:!!?", undefined, "^:!!?", 1],
    ["#!TL ~", undefined, "~", 1],
    ["# !tl", undefined, "", 1],
    ["# !tl + # all of them", undefined, "+", 1],
    ["# !tl + !", undefined, "+ !", 1],
    ["# !talos bump=minor\n# !tl x", { bump: "minor" }, "x", 2],
    ["# !tl +\n# !tl x", undefined, ["+", "x"], 2],
    [
      "# !talos strategy.digest=push\n# !talos strategy.patch=skip",
      { strategy: { digest: "push", patch: "skip" } },
      undefined,
      2,
    ],
    [
      "# !talos sync.group=my-group sync.children=a,b",
      { sync: { group: "my-group", children: ["a", "b"] } },
      undefined,
      1,
    ],
    ["# !talos sync.children=a", { sync: { children: ["a"] } }, undefined, 1],
    ['# !talos sync.children="a, b,"', { sync: { children: ["a", "b"] } }, undefined, 1],
    ['# !talos ignore=">=2 <3" bump=minor', { ignore: ">=2 <3", bump: "minor" }, undefined, 1],
    ["# !talos allow=1.2.*,1.3.*", { allow: ["1.2.*", "1.3.*"] }, undefined, 1],
    ["# !talos allow=/^1,2$/", { allow: "/^1,2$/" }, undefined, 1],
    [String.raw`# !talos allow="/^a \"b\" \.c$/"`, { allow: String.raw`/^a "b" \.c$/` }, undefined, 1],
    ["# !talos window='Mon 02:00-04:00'", { window: "Mon 02:00-04:00" }, undefined, 1],
    ["# !talos platform=linux/arm64 # because", { platform: "linux/arm64" }, undefined, 1],
    ["# !talos bump", { bump: "" }, undefined, 1],
    ["# !talos =x", { "": "x" }, undefined, 1],
    ['# !talos bump="minor', { bump: '"minor' }, undefined, 1],
    ["# !talos bump=minor bump=major", { bump: "major" }, undefined, 1],
    [
      "# !talos Strategy.digest=push strategy.patch=skip",
      { Strategy: { digest: "push", patch: "skip" } },
      undefined,
      1,
    ],
    ["# !talos strategy=push strategy.patch=skip", { strategy: { patch: "skip" } }, undefined, 1],
    ["# !talos bump=minor\n\n# !talos skip=true", { bump: "minor" }, undefined, 1],
    ["# !talos bump=minor\n# another comment\n# !talos skip=true", { bump: "minor" }, undefined, 1],
    ["# a comment\n# !talos bump=minor", undefined, undefined, 0],
    ["\n# !talos bump=minor", undefined, undefined, 0],
    ["# !talosx bump=minor", undefined, undefined, 0],
    ["# !tl^", undefined, undefined, 0],
    ["RUN true # !talos", undefined, undefined, 0],
  ];
  test.each(cases)("%j", (text, long, short, lineCount) => {
    expect(read(text)).toMatchObject({ lineCount });
    expect(read(text).long).toEqual(long);
    expect(read(text).short).toEqual(short);
  });
});

test("Every setting knows its line and column.", () => {
  const long = read("#!talos skip=no\n  # !talos  sync.children=a,bc").policy?.long;
  expect(long).toEqual({
    kind: "map",
    at: { line: 5, column: 2 },
    entries: [
      {
        key: "skip",
        keyAt: { line: 5, column: 9 },
        value: { kind: "scalar", text: "no", at: { line: 5, column: 14 } },
      },
      {
        key: "sync",
        keyAt: { line: 6, column: 13 },
        value: {
          kind: "map",
          at: { line: 6, column: 13 },
          entries: [
            {
              key: "children",
              keyAt: { line: 6, column: 13 },
              value: {
                kind: "list",
                at: { line: 6, column: 27 },
                items: [
                  { kind: "scalar", text: "a", at: { line: 6, column: 27 } },
                  { kind: "scalar", text: "bc", at: { line: 6, column: 29 } },
                ],
              },
            },
          ],
        },
      },
    ],
  });
  expect(read("# !tl  ^").policy?.short).toEqual({ kind: "scalar", text: "^", at: { line: 5, column: 8 } });
});
