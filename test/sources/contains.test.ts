import { execFile } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { runTestGit } from "../parties/git.ts";
import { type RemoteAndWork, withRepository } from "./with-repository.ts";

const dayMs = 24 * 3600 * 1000;
const hourMs = 3600 * 1000;
const startMs = Date.UTC(2026, 0, 1);

/** A history of commits, each an hour after the one before; gives their ids, the oldest first. */
async function history(world: RemoteAndWork, commits: number): Promise<readonly string[]> {
  const blocks = Array.from({ length: commits }, (_each, index) => {
    const person = `Ada <ada@example.com> ${(startMs + index * hourMs) / 1000} +0000`;
    return `commit refs/heads/main\ncommitter ${person}\ndata 1\nx\nM 644 inline compose.yml\ndata <<E\n${index}\nE\n\n`;
  });
  await runTestGit(world.remote, "update-ref", "-d", "refs/heads/main");
  const importing = promisify(execFile)("git", ["fast-import", "--quiet"], { cwd: world.remote });
  importing.child.stdin?.end(blocks.join(""));
  await importing;
  return (await runTestGit(world.remote, "rev-list", "--reverse", "main")).split("\n");
}

test("a commit of its own is found behind those of others, in the clone it was made in and in a new one", async () => {
  await using world = await withRepository();
  const repository = world.open();
  const head = await repository.readHead();
  const commit = await repository.makeCommit({
    parent: head.commit,
    files: [{ path: "compose.yml", text: "two" }],
    message: "Update",
  });
  const contains = async (now: number) => world.open().contains(await repository.readHead(), commit, now);
  await expect(contains(Date.now())).resolves.toBe(false);
  await repository.push(commit, head);
  await expect(contains(Date.now())).resolves.toBe(true);
  await world.person.git("pull", "--quiet", world.remote, "main");
  await world.commit({ "compose.yml": "three" });
  await world.commit({ "compose.yml": "four" });
  await expect(contains(Date.now())).resolves.toBe(true);
  await rm(world.options().workFolder, { recursive: true });
  await expect(contains(Date.now())).resolves.toBe(true);

  await world.person.git("push", "--quiet", "--force", world.remote, `${head.commit}:main`);
  await expect(contains(Date.now())).resolves.toBe(false);
  await rm(world.options().workFolder, { recursive: true });
  await expect(contains(Date.now())).resolves.toBe(false);
});

test("a long history is fetched as far back as the commit can be, and no further", async () => {
  await using world = await withRepository();
  const ids = await history(world, 1000);
  const repository = world.open();
  const head = await repository.readHead();
  const made = (index: number) => startMs + index * hourMs;
  const depth = async () => Number(await runTestGit(await clone(world), "rev-list", "--count", head.commit));

  await expect(repository.contains(head, "12".repeat(20), made(1000) + 2 * dayMs)).resolves.toBe(false);
  expect(await depth()).toBe(1);
  await expect(repository.contains(head, ids[990] ?? "", made(990))).resolves.toBe(true);
  expect(await depth()).toBe(65);
  await expect(repository.contains(head, "12".repeat(20), made(990))).resolves.toBe(false);
  expect(await depth()).toBe(65);
  await expect(repository.contains(head, ids[700] ?? "", made(700))).resolves.toBe(true);
  expect(await depth()).toBeLessThan(500);
  await expect(repository.contains(head, ids[0] ?? "", made(0))).resolves.toBe(true);
  await expect(repository.contains(head, "12".repeat(20), 0)).resolves.toBe(false);
});

test("a remote that is shallow itself gives what it has", async () => {
  await using world = await withRepository();
  const ids = await history(world, 20);
  const shallow = `${world.folder.path}/shallow.git`;
  await runTestGit(world.folder.path, "clone", "--quiet", "--bare", "--depth=5", `file://${world.remote}`, shallow);
  const repository = world.open({ url: shallow });
  const head = await repository.readHead();
  await expect(repository.contains(head, ids[17] ?? "", 0)).resolves.toBe(true);
  await expect(repository.contains(head, ids[2] ?? "", 0)).resolves.toBe(false);
});

async function clone(world: RemoteAndWork): Promise<string> {
  const folder = world.options().workFolder;
  return `${folder}/${(await readdir(folder))[0]}`;
}
