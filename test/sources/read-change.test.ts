import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { runTestGit } from "../parties/git.ts";
import { withRepository } from "./with-repository.ts";

const compose = (tag: string, more = "") => `services:\n${more}  web:\n    image: web:${tag}\n  db:\n    image: db:1\n`;
const unknown = "12".repeat(20);

/** A commit of Talos's own on `talos/web`, and what a person does with it. */
async function ownBranch() {
  const world = await withRepository({ "compose.yml": compose("1.0.0"), "notes.txt": "" });
  const talos = world.open();
  const head = await talos.readHead();
  const own = await talos.makeCommit({
    parent: head.commit,
    files: [{ path: "compose.yml", text: compose("1.0.1") }],
    message: "Update",
  });
  await talos.putOwnBranch("talos/web", own, undefined);
  await world.person.git("fetch", "--quiet", world.remote, "talos/web:web");
  const digest = (await talos.readChange(own, "main"))?.digest;
  if (digest === undefined) throw new Error("the commit changes nothing");
  /** As Talos finds the latest commit of a branch, with its clone or with a new one. */
  const read = async (branch: string, isNew = false) => {
    const id = await runTestGit(world.remote, "rev-parse", branch);
    const workFolder = isNew ? `${world.folder.path}/new-${id}` : world.options().workFolder;
    return { id, change: await world.open({ workFolder }).readChange(id, branch) };
  };
  const push = (branch = "main") => world.person.git("push", "--quiet", "--force", world.remote, `HEAD:${branch}`);
  return { ...world, own, digest, read, push };
}

test("A commit that was rebased, picked, squashed or merged makes the same change, in an old clone and in a new one.", async () => {
  await using world = await ownBranch();
  const { person, digest, own } = world;
  await world.commit({ "compose.yml": compose("1.0.0", "  first:\n    image: first:1\n"), "notes.txt": "more\n" });
  await person.git("checkout", "--quiet", "-b", "rebased", "web");
  await person.git("rebase", "--quiet", "main");
  await world.push("talos/web");
  await person.git("checkout", "--quiet", "-b", "picked", "main");
  await person.git("cherry-pick", "web");
  await world.push("main");
  for (const branch of ["talos/web", "main"])
    for (const isNew of [false, true]) {
      const { id, change } = await world.read(branch, isNew);
      expect(id).not.toBe(own);
      expect(change?.digest, branch).toBe(digest);
    }

  await person.git("checkout", "--quiet", "main");
  await person.git("merge", "--quiet", "--no-ff", "-m", "Merge branch 'talos/web'", "web");
  await world.push();
  const merged = await world.read("main", true);
  expect(merged.change?.parents[1]).toBe(own);
  expect(merged.change?.digest).toBe(digest);

  await person.git("reset", "--quiet", "--hard", "HEAD~1");
  await person.git("merge", "--quiet", "--squash", "web");
  await person.git("commit", "--quiet", "-m", "Something else altogether");
  await world.push();
  expect((await world.read("main")).change).toMatchObject({ digest, parents: [expect.any(String)] });
});

test("Another change, more than the change, its undoing and nothing at all are something else.", async () => {
  await using world = await ownBranch();
  const { digest, person } = world;
  await person.git("merge", "--quiet", "web");
  await world.push();
  const digests = new Set<string | undefined>([digest]);
  for (const files of [
    { "compose.yml": compose("1.0.0") },
    { "compose.yml": compose("1.0.1"), "notes.txt": "and this\n" },
    { "other.yml": compose("1.0.1") },
  ]) {
    await world.commit(files);
    digests.add((await world.read("main")).change?.digest);
  }
  expect(digests.size).toBe(4);
  await person.git("commit", "--quiet", "--allow-empty", "-m", "Nothing");
  await world.push();
  expect((await world.read("main")).change?.digest).toBeUndefined();
});

test("A commit that is not there is none, nor is a text that git could take for something else.", async () => {
  await using world = await ownBranch();
  const talos = world.open();
  await expect(talos.readChange(unknown, "main")).resolves.toBeUndefined();
  await expect(talos.readChange(unknown, "talos/gone")).resolves.toBeUndefined();
  for (const text of ["", "main", "HEAD", "--help", "-h", `${world.own}^`, `${world.own.slice(0, 20)}`, `--${unknown}`])
    await expect(talos.readChange(text, "main"), text).resolves.toBeUndefined();
});

test("The branch that is watched is read as before, whatever was looked at beside it.", async () => {
  await using world = await ownBranch();
  const talos = world.open();
  const head = await talos.readHead();
  await world.person.git("checkout", "--quiet", "web");
  await world.person.commit({ "notes.txt": "more" });
  await world.push("talos/web");
  const aside = await runTestGit(world.remote, "rev-parse", "talos/web");
  expect((await talos.readChange(aside, "talos/web"))?.parents).toEqual([world.own]);
  expect(await talos.refresh(head)).toEqual(head);
});

test("Of a commit that changes very much only its parents are told, and a repository that is away is an error.", async () => {
  await using world = await ownBranch();
  await world.commit({ "large.txt": "0123456789abcde\n".repeat(700_000) });
  const large = await world.read("main");
  expect(large.change).toEqual({ parents: [expect.any(String)], digest: undefined });
  await rm(world.remote, { recursive: true });
  await expect(world.open().readChange(unknown, "main")).rejects.toThrow(/Could not read/);
});
