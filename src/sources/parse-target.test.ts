import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/parties/temporary-folder.ts";
import { parseTarget } from "./parse-target.ts";

test.each([
  [".", { kind: "path", path: "." }],
  ["stacks/web", { kind: "path", path: "stacks/web" }],
  ["a#b", { kind: "path", path: "a#b" }],
  ["C:compose.yml", { kind: "path", path: "C:compose.yml" }],
  ["https://host/a.git", { kind: "git", url: "https://host/a.git", branch: undefined }],
  ["https://host/a.git#feature/x", { kind: "git", url: "https://host/a.git", branch: "feature/x" }],
  ["ssh://git@host:22/a", { kind: "git", url: "ssh://git@host:22/a", branch: undefined }],
  ["git@host:me/a.git#main", { kind: "git", url: "git@host:me/a.git", branch: "main" }],
  ["file:///srv/a.git", { kind: "git", url: "file:///srv/a.git", branch: undefined }],
])("%s", (text, target) => {
  expect(parseTarget(text)).toEqual(target);
});

test("a folder that is called like a URL is a folder", async () => {
  await using folder = await temporaryFolder();
  await folder.write({ "git@host:a/x.yml": "" });
  const path = join(folder.path, "git@host:a");
  expect(parseTarget(path)).toEqual({ kind: "path", path });
});

test("a # with nothing behind it is refused", () => {
  expect(() => parseTarget("https://host/a.git#")).toThrow(/names no branch/);
});
