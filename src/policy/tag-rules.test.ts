import fc from "fast-check";
import { expect, test } from "vitest";
import type { TagRule } from "./policy.ts";
import { matchesTagRule, parseTagRule } from "./tag-rules.ts";

function rule(text: string): TagRule {
  const reading = parseTagRule(text);
  if (reading.kind === "invalid") throw new Error(reading.problem);
  return reading.rule;
}

test.each([
  ["1.2.3", "exact"],
  ["1.2", "exact"],
  ["latest", "exact"],
  ["x86-slim", "exact"],
  ["1.2.x-alpine", "exact"],
  [">=1.2 <2", "range"],
  ["^3 || ^5", "range"],
  ["1.x", "range"],
  ["v1.2.X", "range"],
  ["*", "range"],
  ["1.2 - 1.4", "range"],
  ["~1.2", "range"],
  ["/-rc/", "pattern"],
  ["/^v[0-9]+$/i", "pattern"],
])("%s is a rule of kind %s", (text, kind) => {
  expect(rule(` ${text} `)).toEqual({ kind, text });
});

/** rule, tag, its numbers, whether it matches */
test.each([
  ["1.2.3", "1.2.3", "1.2.3", true],
  ["1.2", "1.2.3", "1.2.3", false],
  ["latest", "latest", undefined, true],
  ["<2", "v1.25-alpine", "1.25", true],
  ["<2", "2.0.0-rc.1", "2.0.0", false],
  [">=2", "2.0.0-rc.1", "2.0.0", true],
  ["1.x", "1.25.3", "1.25.3", true],
  ["1.x", "10.25.3", "10.25.3", false],
  [">=22.4", "22.04", "22.04", true],
  ["~1.2", "1.2.3.9730-ls261", "1.2.3.9730", true],
  [">=20.04 <24.04", "22.04", "22.04", true],
  ["*", "latest", undefined, false],
  ["*", "3", "3", true],
  ["/-rc/", "1.2.3-rc1", "1.2.3", true],
  ["/-RC/", "1.2.3-rc1", "1.2.3", false],
  ["/-RC/i", "1.2.3-rc1", "1.2.3", true],
  ["/^3\\./", "13.1", "13.1", false],
  ["/a/b/", "a/b", undefined, true],
])("%s with the tag %s (%s): %s", (text, tag, version, isMatch) => {
  expect(matchesTagRule(rule(text), tag, version)).toBe(isMatch);
});

test("a rule from elsewhere, with the same text, matches the same", () => {
  expect(matchesTagRule({ kind: "pattern", text: "/^v/" }, "v1", "1")).toBe(true);
});

test.each([
  ["", "has an empty entry"],
  [">=1, <2", "has `>=1, <2`, which is not a version range; separate its parts with blanks, and alternatives with ||"],
  [">=banana", "has `>=banana`, which is not a version range; write it as `>=1.2 <2`, `^3` or `1.x`"],
  ["nginx:1.2", "has `nginx:1.2`, which is not a tag, a version range or a /pattern/"],
  ["/abc", "has `/abc`, a pattern without its closing /"],
  ["/a/gi", "has `/a/gi`, whose flags `gi` are unknown; only i (any case) is there"],
  ["/(/", "has `/(/`, which is not a pattern Talos can match: missing closing ): `(`"],
  ["/(?=a)/", "has `/(?=a)/`, which is not a pattern Talos can match: invalid or unsupported Perl syntax: `(?=`"],
])("%j is refused: %s", (text, problem) => {
  expect(parseTagRule(text)).toEqual({ kind: "invalid", problem });
});

test("an entry of any length is not accepted", () => {
  expect(parseTagRule("a".repeat(501))).toEqual({
    kind: "invalid",
    problem: "has an entry of more than 500 characters",
  });
});

test("a pattern that would take a backtracking engine for ever is matched at once", () => {
  const evil = rule("/^(a+)+$/");
  expect(matchesTagRule(evil, `${"a".repeat(120)}!`, undefined)).toBe(false);
});

test("any entry is read or refused, and what is read can be matched with any tag", () => {
  const entry = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[<>=^~*|x.\d -]{1,12}$/),
    fc.string().map((text) => `/${text}/`),
  );
  fc.assert(
    fc.property(
      entry,
      fc.string({ maxLength: 30 }),
      fc.option(fc.stringMatching(/^\d+(\.\d+){0,4}$/), { nil: undefined }),
      (text, tag, version) => {
        const reading = parseTagRule(text);
        if (reading.kind === "rule") matchesTagRule(reading.rule, tag, version);
      },
    ),
  );
});
