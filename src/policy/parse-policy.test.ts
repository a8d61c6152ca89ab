import fc from "fast-check";
import { expect, test } from "vitest";
import { sizes } from "../images/size.ts";
import { applyPolicyDefaults, parsePolicy } from "./parse-policy.ts";
import { defaultPolicy, type Policy, strategies } from "./policy.ts";
import type { Setting, SettingProblem } from "./setting.ts";

type Written = string | readonly Written[] | { readonly [key: string]: Written };

/** A setting as a file's reader makes it. Places are the first column of line 1, unless `places` gives keys a line. */
function setting(written: Written, line = 1): Setting {
  const at = { line, column: 5 };
  if (typeof written === "string") return { kind: "scalar", text: written, at };
  if (Array.isArray(written)) return { kind: "list", items: written.map((item) => setting(item, line)), at };
  const entries = Object.entries(written).map(([key, value], index) => ({
    key,
    keyAt: { line: line + index + 1, column: 3 },
    value: setting(value, line + index + 1),
  }));
  return { kind: "map", entries, at };
}

function read(long: Written | undefined, short?: Written, defaults: Policy = defaultPolicy) {
  return parsePolicy(
    {
      long: long === undefined ? undefined : setting(long),
      short: short === undefined ? undefined : setting(short, 20),
    },
    defaults,
  );
}

function policyOf(long: Written | undefined, short?: Written, defaults?: Policy): Policy {
  const reading = read(long, short, defaults);
  if (reading.kind !== "valid") throw new Error(JSON.stringify(reading));
  return reading.policy;
}

function warningsOf(long: Written, short?: Written): readonly string[] {
  const reading = read(long, short);
  if (reading.kind !== "valid") throw new Error(JSON.stringify(reading));
  return reading.warnings.map(formatProblem);
}

function problemsOf(long: Written | undefined, short?: Written): readonly string[] {
  const reading = read(long, short);
  return reading.kind === "invalid" ? reading.problems.map(formatProblem) : [`not invalid but ${reading.kind}`];
}

function formatProblem({ at, text }: SettingProblem): string {
  return `${at.line}:${at.column} ${text}`;
}

test.each([
  ["nothing", undefined, undefined],
  ["an empty short form", undefined, ""],
  ["a blank short form", undefined, "  "],
  ["an empty long form", "", undefined],
  ["both empty", "", ""],
])("%s has not opted in", (_, long, short) => {
  expect(read(long, short)).toEqual({ kind: "absent" });
});

test("an empty map opts in with the defaults", () => {
  expect(policyOf({})).toEqual(defaultPolicy);
});

test("an empty long form leaves the word to the short one", () => {
  expect(policyOf("", "^!").bump).toBe("minor");
});

test("the whole long form, with keys and words in any case", () => {
  expect(
    policyOf({
      Skip: "No",
      BUMP: "Major",
      Strategy: { Digest: "Skip", patch: "PUSH", minor: "push", major: "Prompt" },
      sync: { role: "Parent", group: "immich", id: "server", children: ["ml", "db"], digest: "yes" },
      pin: "off",
      allow: [">=1.2 <3", "/^v/"],
      ignore: "1.2.3, latest",
      age: "3d",
      window: ["Mon-Fri 22:00-06:00", "weekends UTC"],
      platform: "Linux/ARM64/v8",
    }),
  ).toEqual({
    skip: false,
    bump: "major",
    strategy: { digest: "skip", patch: "push", minor: "push", major: "prompt" },
    sync: { role: "parent", group: "immich", id: "server", children: ["ml", "db"], digest: true },
    pin: false,
    allow: [
      { kind: "range", text: ">=1.2 <3" },
      { kind: "pattern", text: "/^v/" },
    ],
    ignore: [
      { kind: "exact", text: "1.2.3" },
      { kind: "exact", text: "latest" },
    ],
    ageSeconds: 259_200,
    window: [
      { days: [1, 2, 3, 4, 5], fromMinute: 1320, toMinute: 360, timeZone: undefined, text: "Mon-Fri 22:00-06:00" },
      { days: [0, 6], fromMinute: 0, toMinute: 1440, timeZone: "UTC", text: "weekends UTC" },
    ],
    platform: "linux/arm64/v8",
  });
});

test("dotted keys, as in a Dockerfile, say the same as maps", () => {
  const dotted = {
    "strategy.digest": "push",
    "Sync.Role": "parent",
    "sync.group": "my-group",
    "sync.id": "a",
    "sync.children": "b,c",
    "sync.digest": "true",
  };
  const nested = {
    strategy: { digest: "push" },
    sync: { role: "parent", group: "my-group", id: "a", children: ["b", "c"], digest: "true" },
  };
  expect(policyOf(dotted)).toEqual(policyOf(nested));
});

test.each(["true", "True", "YES", "on", "y"])("%s is true", (word) => expect(policyOf({ skip: word }).skip).toBe(true));
test.each(["false", "No", "OFF", "n"])("%s is false", (word) => expect(policyOf({ pin: word }).pin).toBe(false));

test("one word as the strategy is for every size, and single sizes may differ from it", () => {
  expect(policyOf({ strategy: "push" }).strategy).toEqual({
    digest: "push",
    patch: "push",
    minor: "push",
    major: "push",
  });
  expect(policyOf({ strategy: "push", "strategy.major": "prompt" }).strategy.major).toBe("prompt");
});

test("a child has a role, a group and an id, and what only a parent decides is a warning", () => {
  const sync = { role: "child", group: "immich", id: "ml", children: ["x"], digest: "false" };
  expect(policyOf({ sync }).sync).toEqual({ role: "child", group: "immich", id: "ml" });
  expect(warningsOf({ sync })).toEqual([
    "6:3 `sync.children` is ignored here: only the parent of a group decides it",
    "7:3 `sync.digest` is ignored here: only the parent of a group decides it",
  ]);
});

test("a parent without children takes whichever are there, and by itself no digest", () => {
  const expected = { role: "parent", group: "g", id: "a", children: undefined, digest: false };
  expect(policyOf({ sync: { role: "parent", group: "g", id: "a" } }).sync).toEqual(expected);
  expect(policyOf({ sync: { role: "parent", group: "g", id: "a", children: [] } }).sync).toEqual(expected);
});

test("of both forms the long one counts, with a warning, even when the short one is wrong", () => {
  expect(policyOf({ bump: "patch" }, "+!").bump).toBe("patch");
  const warning =
    "20:5 the short form is ignored: the long form stands beside the same image and counts; remove one of them";
  expect(warningsOf({}, "zzz")).toEqual([warning]);
});

test("a key written twice: the last counts, with a warning", () => {
  expect(policyOf({ bump: "patch", Bump: "minor" }).bump).toBe("minor");
  expect(warningsOf({ bump: "patch", Bump: "minor" })).toEqual(["3:3 `bump` is written twice; the last one counts"]);
});

test("defaults hold for what is not written", () => {
  const defaults = policyOf({ skip: "yes", bump: "minor", strategy: "prompt", pin: "no", age: "1d", ignore: "/-rc/" });
  expect(policyOf({ strategy: { patch: "push" } }, undefined, defaults)).toEqual({
    ...defaults,
    strategy: { digest: "prompt", patch: "push", minor: "prompt", major: "prompt" },
  });
  expect(policyOf({ age: "0", ignore: [] }, undefined, defaults)).toEqual({
    ...defaults,
    ageSeconds: undefined,
    ignore: [],
  });
});

test("the short form says skip, bump and strategy in full; other defaults stay", () => {
  const defaults = policyOf({ skip: "yes", bump: "minor", strategy: "prompt", pin: "no" });
  const notify = { digest: "notify", patch: "notify", minor: "notify", major: "notify" };
  expect(policyOf(undefined, "~", defaults)).toEqual({ ...defaults, skip: false, bump: "patch", strategy: notify });
  expect(policyOf(undefined, "x", defaultPolicy)).toEqual({ ...defaultPolicy, skip: true });
});

const bothForms = "the long form is keys and values; a text such as `^:!!?.` belongs in the short form (x-tl, !tl)";
const windowExample = "write it as `Mon-Fri 22:00-06:00`, `weekends` or `10:00-18:00 Europe/Berlin`";
test.each<[Written, string]>([
  ["^:!", `1:5 ${bothForms}`],
  [["bump"], `1:5 ${bothForms}`],
  [{ bmup: "minor" }, "2:3 `bmup` is not a key of a policy; did you mean `bump`?"],
  [{ strategy: { ptch: "push" } }, "3:3 `strategy.ptch` is not a key of a policy; did you mean `strategy.patch`?"],
  [
    { colours: "red" },
    "2:3 `colours` is not a key of a policy; known are `skip`, `bump`, `strategy`, `strategy.digest`, `strategy.patch`, `strategy.minor`, `strategy.major`, `sync`, `sync.role`, `sync.group`, `sync.id`, `sync.children`, `sync.digest`, `pin`, `allow`, `ignore`, `age`, `window`, `platform`",
  ],
  [{ bump: "big" }, "2:5 `bump` must be digest, patch, minor or major, not `big`"],
  [{ bump: "2" }, "2:5 `bump` must be digest, patch, minor or major, not `2`"],
  [{ bump: "" }, "2:5 `bump` must be digest, patch, minor or major, not empty"],
  [{ bump: ["minor"] }, "2:5 `bump` must be digest, patch, minor or major, not a list"],
  [{ skip: "maybe" }, "2:5 `skip` must be true or false, not `maybe`"],
  [{ pin: {} }, "2:5 `pin` must be true or false, not a map"],
  [{ strategy: "ask" }, "2:5 `strategy` must be push, prompt, notify or skip, not `ask`"],
  [{ strategy: ["push"] }, "2:5 `strategy` must be push, prompt, notify or skip, not a list"],
  [{ strategy: { minor: "pull" } }, "3:5 `strategy.minor` must be push, prompt, notify or skip, not `pull`"],
  [{ sync: "immich" }, "2:5 `sync` must be a map with role, group and id"],
  [{ sync: {} }, "2:3 `sync` needs role, group and id; `sync.role` and `sync.group` and `sync.id` are missing"],
  [{ "sync.role": "child", "sync.group": "g" }, "2:3 `sync` needs role, group and id; `sync.id` is missing"],
  [{ sync: { role: "uncle", group: "g", id: "a" } }, "3:5 `sync.role` must be parent or child, not `uncle`"],
  [{ sync: { role: "child", group: "", id: "a" } }, "4:5 `sync.group` must be the name of the group, not empty"],
  [
    { sync: { role: "child", group: "g", id: [] } },
    "5:5 `sync.id` must be the name of this image within the group, not a list",
  ],
  [
    { sync: { role: "parent", group: "g", id: "a", children: "b,a" } },
    "6:5 `sync.children` names `a`, which is the image itself; list the others only",
  ],
  [{ sync: { role: "parent", group: "g", id: "a", children: ["b", "b"] } }, "6:5 `sync.children` names `b` twice"],
  [
    { sync: { role: "parent", group: "g", id: "a", children: {} } },
    "6:5 `sync.children` must be a text or a list of texts, not a map",
  ],
  [{ allow: [["1.2"]] }, "2:5 `allow` must be a list of texts; one of its elements is a list or a map"],
  [{ ignore: "/(/" }, "2:5 `ignore` has `/(/`, which is not a pattern Talos can match: missing closing ): `(`"],
  [
    { allow: ">=1, <2" },
    "2:5 `allow` has `>=1, <2`, which is not a version range; separate its parts with blanks, and alternatives with ||",
  ],
  [{ allow: "" }, "2:5 `allow` has an empty entry"],
  [{ age: "3" }, "2:5 `age` needs a unit: `3s`, `3m`, `3h` or `3d`"],
  [{ age: [] }, "2:5 `age` must be a duration such as `3d`, not a list"],
  [{ window: "at night" }, `2:5 \`window\` has \`at night\`, which is not a time window; ${windowExample}`],
  [{ platform: "arm64" }, "2:5 `platform` must be os/architecture[/variant] such as `linux/arm64/v8`, not `arm64`"],
])("the long form %j is refused: %s", (long, problem) => {
  expect(problemsOf(long)).toEqual([problem]);
});

test.each<[Written, string]>([
  ["^z", "20:6 the short form `^z` has `z` as character 2; a strategy is ! (push), ? (prompt), * (notify) or . (skip)"],
  [
    "^!!",
    "20:7 the short form `^!!` has too many characters: one strategy for all sizes, or a colon before a strategy for each",
  ],
  [
    "minor",
    "20:5 the short form `minor` begins with `m`; it must begin with x (skip), + (major), ^ (minor), ~ (patch) or @ (digest)",
  ],
  [
    { bump: "minor" },
    "20:5 the short form is one text such as `^:!!?.`, written once; keys and values belong in the long form (x-talos, !talos)",
  ],
])("the short form %j is refused: %s", (short, problem) => {
  expect(problemsOf(undefined, short)).toEqual([problem]);
});

test("every mistake is told at once", () => {
  expect(problemsOf({ bmup: "minor", skip: "perhaps", age: "soon" })).toHaveLength(3);
});

test("defaults are the long form over a base, without sync", () => {
  const written = { bump: "minor", strategy: { digest: "push" } };
  expect(applyPolicyDefaults(setting(written), defaultPolicy)).toEqual(read(written));
  expect(applyPolicyDefaults(undefined, defaultPolicy)).toEqual({ kind: "valid", policy: defaultPolicy, warnings: [] });
  expect(applyPolicyDefaults(setting({ "Sync.id": "a" }), defaultPolicy)).toEqual({
    kind: "invalid",
    problems: [
      {
        at: { line: 2, column: 3 },
        text: "`sync` belongs beside an image: it cannot be a default, as every image has its own id",
      },
    ],
  });
});

test("a policy that is written out reads back as itself", () => {
  const strategy = fc.constantFrom(...strategies);
  const anyPolicy = fc.record({
    skip: fc.boolean(),
    bump: fc.constantFrom(...sizes),
    strategy: fc.record({ digest: strategy, patch: strategy, minor: strategy, major: strategy }),
    pin: fc.boolean(),
  });
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      const written = { ...policy, skip: String(policy.skip), pin: String(policy.pin) };
      expect(policyOf(written)).toEqual({ ...defaultPolicy, ...policy });
    }),
  );
});

test("any setting is read or refused with a problem, and never throws", () => {
  const key = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.constantFrom("bump", "strategy", "sync", "sync.id", "children", "allow", "window", "age", "__proto__"),
  );
  const { written } = fc.letrec<{ written: Written }>((tie) => ({
    written: fc.oneof(
      { maxDepth: 4 },
      fc.string({ maxLength: 8 }),
      fc.array(tie("written"), { maxLength: 3 }),
      fc.dictionary(key, tie("written"), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(fc.option(written, { nil: undefined }), fc.option(written, { nil: undefined }), (long, short) => {
      const reading = read(long, short);
      if (reading.kind === "invalid") expect(reading.problems.length).toBeGreaterThan(0);
    }),
  );
});
