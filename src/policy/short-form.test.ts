import fc from "fast-check";
import { expect, test } from "vitest";
import { sizes } from "../images/size.ts";
import { strategies } from "./policy.ts";
import { formatShortForm, parseShortForm } from "./short-form.ts";

/** digest, patch, minor, major */
test.each([
  ["~", "patch", "notify notify notify notify"],
  ["+!", "major", "push push push push"],
  ["^?", "minor", "prompt prompt prompt prompt"],
  ["@.", "digest", "skip skip skip skip"],
  ["~:!?", "patch", "push prompt notify notify"],
  ["@:!!!!", "digest", "push push push push"],
  ["+:!", "major", "push notify notify notify"],
  ["^:!!?.", "minor", "push push prompt skip"],
  ["+:", "major", "notify notify notify notify"],
  ["  ^!\t", "minor", "push push push push"],
])("%s is bump %s with %s", (text, bump, words) => {
  const [digest, patch, minor, major] = words.split(" ");
  expect(parseShortForm(text)).toEqual({ kind: "rules", bump, strategy: { digest, patch, minor, major } });
});

test.each(["x", "X", " x "])("%j is skip", (text) => {
  expect(parseShortForm(text)).toEqual({ kind: "skip" });
});

const beginning = "it must begin with x (skip), + (major), ^ (minor), ~ (patch) or @ (digest)";
const choice = "a strategy is ! (push), ? (prompt), * (notify) or . (skip)";
test.each([
  ["", 0, `is empty; ${beginning}`],
  ["xx", 0, `begins with \`x\`; ${beginning}`],
  ["!", 0, `begins with \`!\`; ${beginning}`],
  [" 😀", 1, `begins with \`😀\`; ${beginning}`],
  ["^z", 1, `has \`z\` as character 2; ${choice}`],
  ["^:!z", 3, `has \`z\` as character 4; ${choice}`],
  ["  ^::", 4, `has \`:\` as character 3; ${choice}`],
  ["+!!!", 2, "has too many characters: one strategy for all sizes, or a colon before a strategy for each"],
  ["+:!!!!!", 6, "has too many characters: four strategies at most follow the colon"],
  ["^! # note", 2, `has \` \` as character 3; ${choice}`],
])("%j is wrong at %d: %s", (text, index, problem) => {
  expect(parseShortForm(text)).toEqual({ kind: "invalid", index, problem });
});

test("what is formatted reads back as the same policy", () => {
  const strategy = fc.constantFrom(...strategies);
  const rules = fc.record({
    skip: fc.constant(false),
    bump: fc.constantFrom(...sizes),
    strategy: fc.record({ digest: strategy, patch: strategy, minor: strategy, major: strategy }),
  });
  fc.assert(
    fc.property(rules, ({ skip, bump, strategy }) => {
      const text = formatShortForm({ skip, bump, strategy });
      expect(parseShortForm(text)).toEqual({ kind: "rules", bump, strategy });
    }),
  );
});

test("the shortest text is chosen", () => {
  const notify = { digest: "notify", patch: "notify", minor: "notify", major: "notify" } as const;
  expect(formatShortForm({ skip: true, bump: "major", strategy: notify })).toBe("x");
  expect(formatShortForm({ skip: false, bump: "major", strategy: notify })).toBe("+");
  expect(formatShortForm({ skip: false, bump: "minor", strategy: { ...notify, patch: "push" } })).toBe("^:*!");
});

test("any text is read or refused at a place within it", () => {
  const text = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^[x+^~@:*?.! ]{0,8}$/));
  fc.assert(
    fc.property(text, (written) => {
      const form = parseShortForm(written);
      if (form.kind === "invalid") expect(form.index).toBeLessThanOrEqual(written.length);
      else expect(parseShortForm(written.trim())).toEqual(form);
    }),
  );
});
