import { mkdirSync, renameSync } from "node:fs";
import { chmod, readdir, readFile, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/parties/temporary-folder.ts";
import { writeFiles } from "./write-files.ts";

test("writes every byte of the new text and keeps the mode", async () => {
  await using folder = await temporaryFolder();
  await folder.write({ "a/compose.yml": "\uFEFFone\r\n", "run.sh": "old" });
  await chmod(join(folder.path, "run.sh"), 0o751);
  await writeFiles(folder.path, [
    { path: "a/compose.yml", expected: "\uFEFFone\r\n", text: "\uFEFFzwölf 🐳\r\n" },
    { path: "run.sh", expected: "old", text: "new" },
  ]);
  expect(await readFile(join(folder.path, "a/compose.yml"), "utf8")).toBe("\uFEFFzwölf 🐳\r\n");
  expect((await stat(join(folder.path, "run.sh"))).mode & 0o7777).toBe(0o751);
  expect(await readdir(join(folder.path, "a"))).toEqual(["compose.yml"]);
});

test("changes nothing when one of the files is not what it was", async () => {
  await using folder = await temporaryFolder();
  await folder.write({ "a.yml": "a", "b.yml": "changed by somebody" });
  const writing = writeFiles(folder.path, [
    { path: "a.yml", expected: "a", text: "A" },
    { path: "b.yml", expected: "b", text: "B" },
  ]);
  await expect(writing).rejects.toMatchObject({ code: "edit-refused", message: expect.stringContaining("b.yml") });
  expect(await readFile(join(folder.path, "a.yml"), "utf8")).toBe("a");
});

test("puts back what was written when a later file cannot be", async () => {
  await using folder = await temporaryFolder();
  await folder.write({ "a.yml": "a", "b/c.yml": "c" });
  // Asked for its text, which happens between the checks and the moves, the second file turns into a folder.
  const second = {
    path: "b/c.yml",
    expected: "c",
    get text() {
      renameSync(join(folder.path, "b/c.yml"), join(folder.path, "b/old"));
      mkdirSync(join(folder.path, "b/c.yml/x"), { recursive: true });
      return "C";
    },
  };
  await expect(writeFiles(folder.path, [{ path: "a.yml", expected: "a", text: "A" }, second])).rejects.toMatchObject({
    code: "edit-refused",
    message: expect.stringMatching(/b\/c\.yml.*nothing was changed/),
  });
  expect(await readFile(join(folder.path, "a.yml"), "utf8")).toBe("a");
  expect(await readdir(folder.path)).toEqual(["a.yml", "b"]);
});

test("writes through a link inside the folder and never out of it", async () => {
  await using outside = await temporaryFolder();
  await outside.write({ "x.yml": "x" });
  await using folder = await temporaryFolder();
  await folder.write({ "real.yml": "a" });
  await symlink("real.yml", join(folder.path, "inside.yml"));
  await symlink(join(outside.path, "x.yml"), join(folder.path, "outside.yml"));
  await writeFiles(folder.path, [
    { path: "inside.yml", expected: "a", text: "b" },
    { path: "real.yml", expected: "a", text: "b" },
  ]);
  expect(await readFile(join(folder.path, "real.yml"), "utf8")).toBe("b");
  expect(await readFile(join(folder.path, "inside.yml"), "utf8")).toBe("b");
  for (const path of ["outside.yml", `../${outside.path.split("/").at(-1)}/x.yml`])
    await expect(writeFiles(folder.path, [{ path, expected: "x", text: "y" }])).rejects.toThrow(/leads out/);
  expect(await readFile(join(outside.path, "x.yml"), "utf8")).toBe("x");
});

test("refuses two different texts for one file", async () => {
  await using folder = await temporaryFolder();
  await folder.write({ "real.yml": "a" });
  await symlink("real.yml", join(folder.path, "link.yml"));
  const writing = writeFiles(folder.path, [
    { path: "real.yml", expected: "a", text: "b" },
    { path: "link.yml", expected: "a", text: "c" },
  ]);
  await expect(writing).rejects.toThrow(/same file/);
});

test("says which file is gone", async () => {
  await using folder = await temporaryFolder();
  await expect(writeFiles(folder.path, [{ path: "gone.yml", expected: "", text: "x" }])).rejects.toThrow(
    /gone\.yml is not changed: the file is gone/,
  );
});
