import { chmod, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gitRepository } from "../../test/parties/git.ts";
import { commitFiles } from "./commit-files.ts";

test("commits exactly the files named and leaves the rest as it is", async () => {
  await using repository = await gitRepository({ "a.yml": "1", "b.yml": "1", "c.yml": "1" });
  await repository.write({ "a.yml": "2", "b.yml": "2", "c.yml": "2", "new.yml": "" });
  await repository.git("add", "b.yml");
  const id = await commitFiles({ root: repository.path, paths: ["a.yml"], message: "Update a\n\n# kept\n" });
  expect(await repository.git("rev-parse", "HEAD")).toBe(id);
  expect(await repository.git("show", "--format=%B%an", "--name-only")).toBe("Update a\n\n# kept\nAda\n\na.yml");
  expect(await repository.git("status", "--porcelain")).toBe("M  b.yml\n M c.yml\n?? new.yml");
});

test("runs no hook of the repository", async () => {
  await using repository = await gitRepository({ "a.yml": "1" });
  for (const hook of ["pre-commit", "commit-msg", "post-commit", "prepare-commit-msg", "post-index-change"]) {
    await repository.write({ [`.git/hooks/${hook}`]: "#!/bin/sh\ntouch was-here\nexit 1\n", "a.yml": hook });
    await chmod(join(repository.path, ".git/hooks", hook), 0o755);
  }
  await commitFiles({ root: repository.path, paths: ["a.yml"], message: "Update" });
  expect(await repository.git("status", "--porcelain")).toBe("");
});

test("names the author that is given", async () => {
  await using repository = await gitRepository({ "a.yml": "1" });
  await repository.write({ "a.yml": "2" });
  const author = { name: "Talos", email: "talos@example.com" };
  await commitFiles({ root: repository.path, paths: ["a.yml"], message: "Update", author });
  expect(await repository.git("log", "-1", "--format=%an %ae %cn %ce")).toBe(
    "Talos talos@example.com Talos talos@example.com",
  );
});

test("works without a branch, and takes a strange name literally", async () => {
  await using repository = await gitRepository({ ":(top)*.yml": "1", "b.yml": "1" });
  await repository.git("checkout", "--quiet", "--detach");
  await repository.write({ ":(top)*.yml": "2", "b.yml": "2" });
  await commitFiles({ root: repository.path, paths: [":(top)*.yml"], message: "Update" });
  expect(await repository.git("status", "--porcelain")).toBe(" M b.yml");
});

test("says that a merge is not finished", async () => {
  await using repository = await gitRepository({ "a.yml": "1", "b.yml": "1" });
  await repository.git("checkout", "--quiet", "-b", "other");
  await repository.commit({ "a.yml": "2" });
  await repository.git("checkout", "--quiet", "main");
  await repository.git("merge", "--quiet", "--no-ff", "--no-commit", "other");
  await repository.write({ "b.yml": "2" });
  const committing = commitFiles({ root: repository.path, paths: ["b.yml"], message: "Update" });
  await expect(committing).rejects.toMatchObject({ code: "edit-refused", message: expect.stringMatching(/merge/) });
});

test.each([
  ["a file git does not track", "new.yml", /not tracked/],
  ["a file that did not change", "a.yml", /as they were committed last/],
])("says what is wrong with %s", async (_case, path, message) => {
  await using repository = await gitRepository({ "a.yml": "1" });
  await repository.write({ "new.yml": "" });
  await expect(commitFiles({ root: repository.path, paths: [path], message: "Update" })).rejects.toThrow(message);
});

test("says that git does not know who commits", async () => {
  await using repository = await gitRepository({ "a.yml": "1" });
  await repository.write({ "a.yml": "2" });
  await repository.git("config", "user.name", "");
  await repository.git("config", "user.email", "");
  const committing = commitFiles({ root: repository.path, paths: ["a.yml"], message: "Update" });
  await expect(committing).rejects.toMatchObject({ hint: expect.stringContaining("user.name") });
});

test("says that another git holds the index", async () => {
  await using repository = await gitRepository({ "a.yml": "1" });
  await repository.write({ "a.yml": "2", ".git/index.lock": "" });
  await expect(commitFiles({ root: repository.path, paths: ["a.yml"], message: "Update" })).rejects.toThrow(
    /another git is at work/,
  );
  await rm(join(repository.path, ".git/index.lock"));
});
