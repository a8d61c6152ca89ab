import { describe, expect, test } from "vitest";
import { parseEnv } from "./parse-env.ts";

/** Values as they are before variables are replaced; in single quotes nothing is. */
const readable: readonly [text: string, values: Readonly<Record<string, string>>][] = [
  ["A=1\nB=2", { A: "1", B: "2" }],
  ["A=1\r\nB=2\r\n", { A: "1", B: "2" }],
  ["\uFEFFA=1\n", { A: "1" }],
  ["", {}],
  ["# nothing\n\n  # more\n", {}],
  ["export A=1\n", { A: "1" }],
  ["export   A=1\n", { A: "1" }],
  ["exported=1\n", { exported: "1" }],
  ["  A  =  1  \n", { A: "1" }],
  ["A: 1\n", { A: "1" }],
  ["A=\nB=2\n", { A: "", B: "2" }],
  ["A=", { A: "" }],
  ["A=1 # comment\n", { A: "1" }],
  ["A=1# no comment\n", { A: "1# no comment" }],
  ["A=#1\n", { A: "#1" }],
  ["A= # comment\n", { A: "# comment" }],
  ["A=a=b:c\n", { A: "a=b:c" }],
  ['A="1 # 2" # comment\n', { A: "1 # 2" }],
  ["A='1 # 2' # comment\n", { A: "1 # 2" }],
  ['A="one\ntwo"\nB=2\n', { A: "one\ntwo", B: "2" }],
  ["A='one\ntwo'\nB=2\n", { A: "one\ntwo", B: "2" }],
  ['A="a\\nb\\"c\\\\d"\n', { A: 'a\nb"c\\d' }],
  ['A="\\$B"\n', { A: "$$B" }],
  ["A='a\\'b\\nc'\n", { A: "a'b\\nc" }],
  ["A=a\\nb\n", { A: "a\\nb" }],
  ["A=\"\"\nB=''\n", { A: "", B: "" }],
  ["A=1\nA=2\n", { A: "2" }],
  ["FROM_ENVIRONMENT\nA=1\n", { A: "1" }],
  ["a.b-c[0]=1\n", { "a.b-c[0]": "1" }],
  ["ÄÖ=ü 🚀\n", { ÄÖ: "ü 🚀" }],
];

describe("a .env file is read as Compose reads it", () => {
  test.each(readable)("%j", (text, values) => {
    const env = parseEnv(".env", text);
    if (env.kind === "invalid") throw new Error(env.text);
    expect(Object.fromEntries(env.assignments.map(({ name, value }) => [name, value.text]))).toEqual(values);
  });

  test.each(readable)("the places of %j hold what is noted", (text) => {
    const env = parseEnv(".env", text);
    if (env.kind === "invalid") throw new Error(env.text);
    for (const { name, line, value } of env.assignments) {
      expect(text.slice(value.start, value.end)).toBe(value.noted);
      expect(text.split("\n")[line - 1]).toContain(name);
    }
  });
});

describe("a .env file that Compose would refuse is refused with its place", () => {
  test.each([
    ["A=1\nB C=2\n", 2, 3, "cannot stand in a name"],
    ["A=1\n🚀=2\n", 2, 1, "🚀"],
    ["=1\n", 1, 1, "A name is missing"],
    ["A=1\nB=\"2\nC='3'\n", 2, 3, "never closed"],
    ["A='1\n", 1, 3, "never closed"],
    ["A=1\n<<<<<<< HEAD\n", 2, 1, "cannot stand in a name"],
    ['A="1" junk!\n', 1, 11, "cannot stand in a name"],
  ])("%j", (text, line, column, said) => {
    expect(parseEnv(".env", text)).toMatchObject({
      kind: "invalid",
      line,
      column,
      text: expect.stringContaining(said),
    });
  });
});

test("A file of a mebibyte is read at once.", () => {
  const text = "# a comment\nA=1\n".repeat(65_000);
  expect(parseEnv(".env", text)).toMatchObject({ kind: "parsed" });
});
