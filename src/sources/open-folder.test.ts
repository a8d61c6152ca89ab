import { execFileSync } from "node:child_process";
import { chmod, mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { gitRepository, runTestGit } from "../../test/parties/git.ts";
import { temporaryFolder } from "../../test/parties/temporary-folder.ts";
import { openFolder } from "./open-folder.ts";
import { walkFolder } from "./walk-folder.ts";

describe("a git work tree", () => {
  test("has its tracked and untracked files, but no ignored ones", async () => {
    await using repository = await gitRepository({ ".gitignore": ".env\nbuild/\n", "web/compose.yml": "tracked" });
    await repository.write({ "new.yml": "untracked", ".env": "SECRET=1", "build/out.yml": "ignored" });
    const snapshot = await openFolder(repository.path);
    expect(snapshot.isGitWorkTree).toBe(true);
    expect(snapshot.paths).toEqual([".gitignore", "new.yml", "web/compose.yml"]);
    expect(snapshot.text("new.yml")).toEqual({ kind: "text", text: "untracked" });
    expect(snapshot.text(".env")).toEqual({ kind: "missing" });
    expect(snapshot.text("build/out.yml")).toEqual({ kind: "missing" });
  });

  test("does not let a link to an ignored file be a way around it", async () => {
    await using repository = await gitRepository({ ".gitignore": ".env\n" });
    await repository.write({ ".env": "SECRET=1" });
    await symlink(".env", join(repository.path, "open.env"));
    expect((await openFolder(repository.path)).text("open.env")).toEqual({ kind: "missing" });
  });

  test("keeps names with spaces, quotes and umlauts", async () => {
    const names = ['a "b".yml', "grün.yml", "two words.yml", ":(glob)x.yml"].toSorted();
    await using repository = await gitRepository(Object.fromEntries(names.map((name) => [name, name])));
    const snapshot = await openFolder(repository.path);
    expect(snapshot.paths).toEqual(names);
    for (const name of names) expect(snapshot.text(name)).toEqual({ kind: "text", text: name });
  });

  test("drops deleted files, submodules and repositories inside of it", async () => {
    await using other = await gitRepository({ "inside.yml": "" });
    await using repository = await gitRepository({ "gone.yml": "", "kept.yml": "" });
    await repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.path, "module");
    await mkdir(join(repository.path, "nested"));
    await runTestGit(join(repository.path, "nested"), "init", "--quiet");
    await repository.write({ "nested/compose.yml": "" });
    await rm(join(repository.path, "gone.yml"));
    expect((await openFolder(repository.path)).paths).toEqual([".gitmodules", "kept.yml"]);
  });

  test("can be opened at a folder inside of it, and nothing outside of that is read", async () => {
    await using repository = await gitRepository({ "secret.yml": "outside", "apps/web/compose.yml": "inside" });
    await symlink("../secret.yml", join(repository.path, "apps/link.yml"));
    const snapshot = await openFolder(join(repository.path, "apps"));
    expect(snapshot.paths).toEqual(["link.yml", "web/compose.yml"]);
    expect(snapshot.text("web/../web/compose.yml")).toEqual({ kind: "text", text: "inside" });
    expect(snapshot.text("../secret.yml")).toMatchObject({ kind: "refused" });
    expect(snapshot.text("link.yml")).toMatchObject({ kind: "refused", reason: expect.stringMatching(/link/) });
  });

  test("that is ignored as a whole by the repository around it is read like any folder", async () => {
    await using repository = await gitRepository({ ".gitignore": "stacks/\n" });
    await repository.write({ "stacks/compose.yml": "services: {}" });
    const snapshot = await openFolder(join(repository.path, "stacks"));
    expect(snapshot).toMatchObject({ isGitWorkTree: false, paths: ["compose.yml"] });
  });

  test("is listed without running the program that its settings name", async () => {
    await using repository = await gitRepository({ "compose.yml": "" });
    await repository.write({ "spy.sh": "#!/bin/sh\ntouch was-here\n" });
    await chmod(join(repository.path, "spy.sh"), 0o755);
    await repository.git("config", "core.fsmonitor", join(repository.path, "spy.sh"));
    expect((await openFolder(repository.path)).paths).not.toContain("was-here");
    expect((await openFolder(repository.path)).paths).toEqual(["compose.yml", "spy.sh"]);
  });
});

describe("a folder without git", () => {
  test("has every file but those of .git and node_modules", async () => {
    await using folder = await temporaryFolder();
    await folder.write({ "b/compose.yml": "", "a.yml": "", "node_modules/x/compose.yml": "", ".env": "A=1" });
    const snapshot = await openFolder(folder.path);
    expect(snapshot).toMatchObject({ name: folder.path, root: folder.path, isGitWorkTree: false });
    expect(snapshot.paths).toEqual([".env", "a.yml", "b/compose.yml"]);
  });

  test("with too many files is refused with advice", async () => {
    await using folder = await temporaryFolder();
    await folder.write({ "1.yml": "", "2.yml": "", "3.yml": "" });
    await expect(walkFolder(folder.path, undefined, 2)).rejects.toMatchObject({
      code: "source-unreadable",
      message: expect.stringContaining("more than 2 files"),
      hint: expect.stringContaining("Name the folder"),
    });
  });

  test.each([
    ["a missing file", "absent.yml", { kind: "missing" }],
    ["a folder", "folder", { kind: "missing" }],
    ["a file taken for a folder", "good.yml/x", { kind: "missing" }],
    ["a byte-order mark, which stays", "bom.yml", { kind: "text", text: "\uFEFFa: 1\r\n" }],
    ["1 MiB", "full.yml", { kind: "text" }],
    ["more than 1 MiB", "huge.yml", { kind: "refused", reason: expect.stringContaining("1 MiB") }],
    ["NUL bytes", "binary.yml", { kind: "refused", reason: expect.stringContaining("NUL") }],
    ["invalid UTF-8", "latin.yml", { kind: "refused", reason: expect.stringContaining("UTF-8") }],
    ["a link inside", "inside.yml", { kind: "text", text: "good" }],
    ["a link out", "outside.yml", { kind: "refused", reason: expect.stringContaining("leads out") }],
    ["a link to a folder outside", "etc/hostname", { kind: "refused", reason: expect.stringContaining("leads out") }],
    ["a link to nothing", "broken.yml", { kind: "missing" }],
    ["links in a circle", "circle.yml", { kind: "refused", reason: expect.stringContaining("circle") }],
    ["a pipe", "pipe.yml", { kind: "refused", reason: expect.stringContaining("regular") }],
    ["a path out", "../x.yml", { kind: "refused", reason: expect.stringContaining("out of") }],
  ])("answers for %s", async (_case, path, answer) => {
    await using folder = await temporaryFolder();
    await folder.write({
      "good.yml": "good",
      "folder/x.yml": "",
      "bom.yml": "\uFEFFa: 1\r\n",
      "full.yml": "x".repeat(1024 * 1024),
      "huge.yml": "x".repeat(1024 * 1024 + 1),
      "binary.yml": "a\0b",
      "latin.yml": new Uint8Array([0x61, 0xfc, 0x62]),
    });
    const link = (target: string, name: string) => symlink(target, join(folder.path, name));
    await link("folder/../good.yml", "inside.yml");
    await link("/etc/hostname", "outside.yml");
    await link("/etc", "etc");
    await link("nowhere", "broken.yml");
    await link("circle.yml", "circle.yml");
    execFileSync("mkfifo", [join(folder.path, "pipe.yml")]);
    expect((await openFolder(join(folder.path, "good.yml"))).text(path)).toMatchObject(answer);
  });

  test("answers the same when a file changes meanwhile", async () => {
    await using folder = await temporaryFolder();
    await folder.write({ "a.yml": "first" });
    const { text } = await openFolder(folder.path);
    expect(text("a.yml")).toEqual({ kind: "text", text: "first" });
    await folder.write({ "a.yml": "second" });
    expect(text("a.yml")).toEqual({ kind: "text", text: "first" });
  });
});

describe("a file", () => {
  test("is the only path, and what lies beside it can be read", async () => {
    await using folder = await temporaryFolder();
    await folder.write({ "prod.yml": "a", "other.yml": "b", ".env": "TAG=1" });
    const snapshot = await openFolder(join(folder.path, "prod.yml"));
    expect(snapshot).toMatchObject({ root: folder.path, paths: ["prod.yml"] });
    expect(snapshot.text(".env")).toEqual({ kind: "text", text: "TAG=1" });
  });

  test("that git ignores is read when it is named", async () => {
    await using repository = await gitRepository({ ".gitignore": "*.local.yml\n.env\n" });
    await repository.write({ "compose.local.yml": "named", ".env": "SECRET=1" });
    const snapshot = await openFolder(join(repository.path, "compose.local.yml"));
    expect(snapshot.text("compose.local.yml")).toEqual({ kind: "text", text: "named" });
    expect(snapshot.text(".env")).toEqual({ kind: "missing" });
  });
});

test("a target that is a device is said so", async () => {
  await expect(openFolder("/dev/null")).rejects.toThrow("/dev/null is neither a file nor a folder");
});

test("a target that does not exist is said so", async () => {
  await expect(openFolder("/nowhere/at/all")).rejects.toMatchObject({
    code: "target-not-found",
    message: expect.stringContaining("/nowhere/at/all"),
  });
});

test("an aborted signal ends the listing", async () => {
  await using folder = await temporaryFolder();
  await expect(openFolder(folder.path, AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
});
