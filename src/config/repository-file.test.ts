import { expect, test } from "vitest";
import { parseRepositoryFile } from "./repository-file.ts";

test("it says which files, who is managed, and by which defaults", () => {
  const reading = parseRepositoryFile(
    "OptIn: all\nDefaults:\n  bump: minor\nglob:\n  Yaml:\n    AncestorPath: /a\n",
    ".talos.yaml",
  );
  if (reading.kind === "invalid") throw new Error(JSON.stringify(reading.problems));
  expect(reading.settings).toMatchObject({
    OptIn: "All",
    Defaults: { kind: "map", entries: [{ key: "bump", value: { text: "minor", at: { line: 3, column: 9 } } }] },
    Glob: { Yaml: [{ AncestorPath: "/a" }] },
  });
});

test.each(["", "# nothing\n", "\uFEFF", "~"])("%j says nothing", (text) => {
  expect(parseRepositoryFile(text, ".talos.yaml")).toEqual({ kind: "valid", settings: {} });
});

test.each([
  ["Url: x", 1, 1, "Url: is not a setting; known are `Glob`, `OptIn`, `Defaults`"],
  ["\nOptIn: some", 2, 8, "OptIn: must be Annotated or All, not `some`"],
  ["Defaults:\n  bmup: minor", 2, 3, "Defaults: `bmup` is not a key of a policy; did you mean `bump`?"],
  [
    "Defaults: {sync.id: a}",
    1,
    12,
    "Defaults: `sync` belongs beside an image: it cannot be a default, as every image has its own id",
  ],
  ["Glob:\n  Yaml:\n    - AncestorPath: wrong", 3, 21, "Glob.Yaml[0].AncestorPath: is not a path"],
  ["OptIn: {File: /etc/passwd}", 1, 8, "OptIn: cannot be read from a file here: this file belongs to the repository"],
  ["- a", 1, 1, "must hold Glob, OptIn or Defaults"],
])("%j is wrong at %d:%d: %s", (text, line, column, problem) => {
  const reading = parseRepositoryFile(text, ".talos.yaml", (path) => (path === "wrong" ? "is not a path" : undefined));
  expect(reading).toEqual({ kind: "invalid", problems: [{ line, column, text: problem }] });
});

test.each([
  ["brackets without end", "{".repeat(1_000_000)],
  ["sixty thousand keys", Array.from({ length: 60_000 }, (_, index) => `k${index}: 1\n`).join("")],
  [
    "aliases that multiply",
    `a: &a [1,1,1,1,1,1,1,1,1]\n${Array.from("bcdefghijklm", (name, index) => `${name}: &${name} [${`*${"abcdefghijklm"[index]},`.repeat(9)}]\n`).join("")}`,
  ],
])("%s are refused, and do not take longer than the test may", (_what, text) => {
  expect(parseRepositoryFile(text, ".talos.yaml").kind).toBe("invalid");
});

test("what is not YAML has its line", () => {
  expect(parseRepositoryFile("a: b\n  c: d", ".talos.yaml")).toMatchObject({
    kind: "invalid",
    problems: [{ line: 1, column: 4 }],
  });
});
