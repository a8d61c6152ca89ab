import { chown, mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { runTestGit } from "../parties/git.ts";
import { withRepository } from "./with-repository.ts";

afterEach(() => void vi.unstubAllEnvs());

async function onlyClone(workFolder: string): Promise<string> {
  const [name, ...others] = await readdir(workFolder);
  expect(others).toEqual([]);
  return join(workFolder, name ?? "");
}

test("the head is the branch that is named, or the repository's own", async () => {
  await using world = await withRepository();
  const commit = await world.person.git("rev-parse", "main");
  await expect(world.open().readHead()).resolves.toEqual({ branch: "main", commit });
  await expect(world.open({ branch: undefined }).readHead()).resolves.toEqual({ branch: "main", commit });
  await world.person.git("push", "--quiet", world.remote, "main:refs/heads/x/refs/heads/other");
  await expect(world.open({ branch: "other" }).readHead()).rejects.toMatchObject({
    code: "source-unreadable",
    retryable: false,
    message: expect.stringContaining("#other: it has no such branch"),
  });
});

test("a head that has moved is found again, with its commit, and without a clone too", async () => {
  await using world = await withRepository();
  const repository = world.open();
  const head = await repository.readHead();
  const commit = await world.commit({ "compose.yml": "two\n" });
  expect(await repository.refresh(head)).toEqual({ branch: "main", commit });
  await repository.open(head);
  const next = await world.commit({ "compose.yml": "three\n" });
  expect(await repository.refresh(head)).toEqual({ branch: "main", commit: next });
  await runTestGit(world.remote, "update-ref", "-d", "refs/heads/main");
  await expect(repository.refresh(head)).rejects.toMatchObject({ code: "source-unreadable" });
});

test("an empty repository is said to be empty", async () => {
  await using world = await withRepository();
  await runTestGit(world.remote, "update-ref", "-d", "refs/heads/main");
  await expect(world.open().readHead()).rejects.toThrow(/the repository is empty/);
  await expect(world.open({ branch: undefined }).readHead()).rejects.toThrow(/the repository is empty/);
});

test("a commit is opened from a shallow clone, which is kept and fetches only what is new", async () => {
  await using world = await withRepository();
  await world.commit({ "compose.yml": "two\n" });
  const repository = world.open();
  const first = await repository.readHead();
  const snapshot = await repository.open(first);
  expect(snapshot).toMatchObject({ name: `${world.remote}#main`, head: first, paths: ["compose.yml"] });
  expect(snapshot.text("compose.yml")).toEqual({ kind: "text", text: "two\n" });
  const clone = await onlyClone(world.options().workFolder);
  expect(await runTestGit(clone, "rev-list", "--count", first.commit)).toBe("1");

  await world.commit({ "compose.yml": "three\n" });
  await world.commit({ "compose.yml": "four\n" });
  const second = await repository.readHead();
  expect((await repository.open(second)).text("compose.yml")).toEqual({ kind: "text", text: "four\n" });
  expect(await runTestGit(clone, "rev-list", "--count", second.commit)).toBe("3");
});

test("nothing is fetched for a commit that is there", async () => {
  await using world = await withRepository();
  const repository = world.open();
  const head = await repository.readHead();
  await repository.open(head);
  await rm(world.remote, { recursive: true });
  expect((await world.open().open(head)).text("compose.yml")).toEqual({ kind: "text", text: "one\n" });
});

test("what was asked for is opened although the branch has moved meanwhile", async () => {
  await using world = await withRepository();
  const head = await world.open().readHead();
  await world.commit({ "compose.yml": "two\n" });
  expect((await world.open().open(head)).text("compose.yml")).toEqual({ kind: "text", text: "one\n" });
});

test("a server that gives whole branches only gives a commit by its branch", async () => {
  await using world = await withRepository();
  vi.stubEnv("GIT_CONFIG_COUNT", "1");
  vi.stubEnv("GIT_CONFIG_KEY_0", "protocol.version");
  vi.stubEnv("GIT_CONFIG_VALUE_0", "0");
  await world.open().open(await world.open().readHead());
  const commit = await world.commit({ "compose.yml": "two\n" });
  await world.commit({ "compose.yml": "three\n" });
  const snapshot = await world.open().open({ branch: "main", commit });
  expect(snapshot.text("compose.yml")).toEqual({ kind: "text", text: "two\n" });
  await rm(world.options().workFolder, { recursive: true });
  await expect(world.open().open({ branch: "main", commit })).rejects.toMatchObject({ retryable: true });
});

test("a commit that the remote no longer has may be asked for again", async () => {
  await using world = await withRepository();
  await world.open().open(await world.open().readHead());
  const head = { branch: "main", commit: "1234567890".repeat(4) };
  const moved = { retryable: true, message: expect.stringContaining("moved while it was read") };
  await expect(world.open().open(head)).rejects.toMatchObject(moved);
  await expect(world.open({ branch: undefined }).open(head)).rejects.toMatchObject(moved);
  expect(await readdir(world.options().workFolder)).toHaveLength(1);
});

test("each branch of a URL has a clone of its own, and two may be made at once", async () => {
  await using world = await withRepository();
  await world.person.git("push", "--quiet", world.remote, "main:other");
  const head = await world.open().readHead();
  const branches = ["main", "main", "other"];
  await Promise.all(branches.map((branch) => world.open({ branch }).open({ ...head, branch })));
  expect(await readdir(world.options().workFolder)).toHaveLength(2);
});

test("a rewritten branch is opened as it is now", async () => {
  await using world = await withRepository();
  const repository = world.open();
  await repository.open(await repository.readHead());
  await world.person.git("commit", "--quiet", "--amend", "--message", "Other");
  await world.person.git("push", "--quiet", "--force", world.remote, "main");
  const head = await repository.readHead();
  expect((await repository.open(head)).head.commit).toBe(await world.person.git("rev-parse", "main"));
});

test("links are followed inside of the commit", async () => {
  await using world = await withRepository({ "shared/compose.yml": "shared\n" });
  await symlink("shared", join(world.person.path, "web"));
  await world.commit({});
  const repository = world.open();
  const snapshot = await repository.open(await repository.readHead());
  expect(snapshot.text("web/compose.yml")).toEqual({ kind: "text", text: "shared\n" });
});

test.each([
  ["an object file is damaged", damagePacks],
  ["its packs are gone", (clone: string) => rm(join(clone, "objects/pack"), { recursive: true })],
  ["its HEAD is gone", (clone: string) => rm(join(clone, "HEAD"))],
  ["its HEAD is nonsense", (clone: string) => writeFile(join(clone, "HEAD"), "\0\0\0")],
  ["it is gone", (clone: string) => rm(clone, { recursive: true })],
])("a clone is made anew when %s", async (_case, damage) => {
  await using world = await withRepository();
  const notices: string[] = [];
  const repository = world.open({ onNotice: (text) => notices.push(text) });
  const head = await repository.readHead();
  await repository.open(head);
  const clone = await onlyClone(world.options().workFolder);
  await damage(clone);
  expect((await repository.open(head)).text("compose.yml")).toEqual({ kind: "text", text: "one\n" });
  await damage(clone);
  await world.commit({ "compose.yml": "two\n" });
  const next = await repository.readHead();
  expect((await repository.open(next)).text("compose.yml")).toEqual({ kind: "text", text: "two\n" });
  await onlyClone(world.options().workFolder);
  for (const notice of notices) expect(notice).toContain("is made anew");
});

async function damagePacks(clone: string): Promise<void> {
  const folder = join(clone, "objects/pack");
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".pack")) continue;
    const bytes = await readFile(join(folder, name));
    await rm(join(folder, name));
    await writeFile(join(folder, name), bytes.fill(0, 12));
  }
}

test("a passing fault of the remote makes no clone anew", async () => {
  await using world = await withRepository();
  const notices: string[] = [];
  const repository = world.open({ onNotice: (text) => notices.push(text) });
  const head = await repository.readHead();
  await repository.open(head);
  await rm(world.remote, { recursive: true });
  const absent = { ...head, commit: "1234567890".repeat(4) };
  await expect(repository.open(absent)).rejects.toThrow(/no repository at this address/);
  expect(notices).toEqual([]);
  expect((await repository.open(head)).text("compose.yml")).toEqual({ kind: "text", text: "one\n" });
});

test("the lock of a git that was killed is removed once no git can hold it any more", async () => {
  await using world = await withRepository();
  const repository = world.open();
  await repository.open(await repository.readHead());
  const lock = join(await onlyClone(world.options().workFolder), "refs/talos/head.lock");
  await writeFile(lock, "");
  await world.commit({ "compose.yml": "two\n" });
  const head = await repository.readHead();
  // What is fetched is there even when its name cannot be written; so this works, and the lock stays.
  expect((await repository.open(head)).text("compose.yml")).toEqual({ kind: "text", text: "two\n" });
  await expect(readFile(lock)).resolves.toHaveLength(0);
  const before = new Date(Date.now() - (world.options().deadlineSeconds + 60) * 1000);
  await utimes(lock, before, before);
  await world.commit({ "compose.yml": "three\n" });
  await repository.open(await repository.readHead());
  await expect(readFile(lock)).rejects.toThrow(/ENOENT/);
});

test.runIf(process.getuid?.() === 0)("a folder of another user is not trusted, and what to do is said", async () => {
  await using world = await withRepository();
  await chown(world.remote, 65534, 65534);
  vi.stubEnv("GIT_CONFIG_GLOBAL", "/dev/null");
  await expect(world.open().readHead()).rejects.toMatchObject({
    message: expect.stringContaining("belongs to another user"),
    hint: expect.stringContaining("safe.directory"),
  });
});

test("what a killed process left beside the clone is removed after a while", async () => {
  await using world = await withRepository();
  const repository = world.open();
  await repository.open(await repository.readHead());
  const { workFolder } = world.options();
  const clone = await onlyClone(workFolder);
  const [old, young, other] = [`${clone}.new-1`, `${clone}.commit-2`, join(workFolder, "other")];
  for (const folder of [old, young, other]) await mkdir(folder);
  await Promise.all([old, other].map((folder) => utimes(folder, new Date(0), new Date(0))));
  await world.commit({ "compose.yml": "two\n" });
  await repository.open(await repository.readHead());
  const left = (await readdir(workFolder)).map((name) => join(workFolder, name));
  expect(left.toSorted()).toEqual([clone, young, other].toSorted());
});
