import fc from "fast-check";
import { expect, test } from "vitest";
import type { Setting } from "../../policy/setting.ts";
import { readSettings } from "./read-settings.ts";

type Plain = string | readonly Plain[] | { readonly [key: string]: Plain };

/** Without places. */
function plain(setting: Setting): Plain {
  if (setting.kind === "scalar") return setting.text;
  if (setting.kind === "list") return setting.items.map(plain);
  return Object.fromEntries(setting.entries.map(({ key, value }) => [key, plain(value)]));
}

function read(name: string, text: string): Plain | undefined {
  const reading = readSettings(name, text);
  return reading.kind === "setting" ? plain(reading.setting) : undefined;
}

test("values are their source texts in each kind of file", () => {
  const expected = { a: "1", b: "1.50", c: "true", d: ["x", "12345678901234567890"], e: { f: "g h" } };
  expect(read("a.json", '{"a": 1, "b": 1.50, "c": true, "d": ["x", 12345678901234567890], "e": {"f": "g h"}}')).toEqual(
    expected,
  );
  expect(read("a.yaml", "a: 1\nb: 1.50\nc: true\nd: [x, 12345678901234567890]\ne: {f: 'g h'}")).toEqual(expected);
  const toml = "a = 1\nb = '1.50'\nc = true\nd = ['x', '12345678901234567890']\n[e]\nf = 'g h'";
  expect(read("a.toml", toml)).toEqual(expected);
});

test.each([
  ["a.json", '{"a": null}', { a: "" }],
  ["a.yaml", "a:\nb: ~\nc: yes", { a: "", b: "", c: "yes" }],
  ["a.yaml", "", {}],
  ["a.json", " ", {}],
  ["a.toml", "", {}],
  [
    "a.yaml",
    "a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\ne: {<<: [*x, {f: 4}]}",
    { a: { b: "1", c: "2" }, d: { b: "1", c: "3" }, e: { b: "1", c: "2", f: "4" } },
  ],
])("%s: %j", (name, text, expected) => {
  expect(read(name, text)).toEqual(expected);
});

test.each(["a.json", "a.yaml", "a.toml"])("%s nested without end is refused", (name) => {
  expect(readSettings(name, `${name === "a.toml" ? "a = " : ""}${"[".repeat(60_000)}`).kind).toBe("invalid");
});

test("aliases that multiply are refused soon", () => {
  const levels = Array.from({ length: 20 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`);
  expect(readSettings("a.yaml", `a0: &a0 x\n${levels.join("\n")}`).kind).toBe("invalid");
});

test("JSON reads back whatever is written", () => {
  const { value } = fc.letrec<{ value: Plain }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string(),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie("value"), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(value, (written) => {
      expect(read("a.json", JSON.stringify(written, undefined, 1))).toEqual(written);
    }),
  );
});
