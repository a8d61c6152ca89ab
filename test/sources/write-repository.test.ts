import { execFile } from "node:child_process";
import { chmod, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { BranchHead, GitRepository } from "../../src/sources/git-repository.ts";
import { describeWith } from "../parties/describe-with.ts";
import { programPath } from "../parties/find-program.ts";
import { runTestGit } from "../parties/git.ts";
import { withRepository } from "./with-repository.ts";

function change(repository: GitRepository, head: BranchHead, text: string, path = "compose.yml"): Promise<string> {
  return repository.makeCommit({ parent: head.commit, files: [{ path, text }], message: "Update\n\n# kept\n" });
}

test("a commit changes the files named and keeps everything else: modes, links, submodules, line ends", async () => {
  await using world = await withRepository({
    "a/run.sh": "#!/bin/sh\n",
    "a/compose.yml": "one\r\n",
    ".gitattributes": "* text eol=lf ident\n",
    "tab\tand\nline.yml": "strange",
  });
  await chmod(join(world.person.path, "a/run.sh"), 0o755);
  await symlink("a", join(world.person.path, "link"));
  await world.person.git("update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},module`);
  await world.person.git("add", "link", "a/run.sh");
  await world.person.git("commit", "--quiet", "--message", "More");
  await world.person.git("push", "--quiet", world.remote, "main");
  const repository = world.open();
  const head = await repository.readHead();
  const commit = await repository.makeCommit({
    parent: head.commit,
    files: [
      { path: "link/run.sh", text: "#!/bin/sh\n# \uFEFFü $Id$\r\n" },
      { path: "a/run.sh", text: "#!/bin/sh\n# \uFEFFü $Id$\r\n" },
      { path: "tab\tand\nline.yml", text: "" },
    ],
    message: "Update\n\n# kept\n",
  });
  await expect(repository.push(commit, head)).resolves.toEqual({ kind: "pushed" });
  const before = (await runTestGit(world.remote, "ls-tree", "-r", "-z", head.commit)).split("\0");
  const after = (await runTestGit(world.remote, "ls-tree", "-r", "-z", "main")).split("\0");
  const changed = after.filter((line) => !before.includes(line)).map((line) => line.replace(/ [0-9a-f]{40}/, ""));
  expect(changed).toEqual(["100755 blob\ta/run.sh", "100644 blob\ttab\tand\nline.yml"]);
  expect(after).toHaveLength(before.length);
  expect(await runTestGit(world.remote, "show", "main:a/run.sh")).toBe("#!/bin/sh\n# \uFEFFü $Id$\r");
  expect(await runTestGit(world.remote, "log", "-1", "--format=%an %ae %cn %ce %P%n%B", "main")).toBe(
    `Talos talos@example.com Talos talos@example.com ${head.commit}\nUpdate\n\n# kept\n`,
  );
  expect(await readdir(world.options().workFolder)).toHaveLength(1);
});

test.each([
  ["a path that is not there", [{ path: "absent.yml", text: "" }], /absent\.yml is no file/],
  ["a path that leads out", [{ path: "../x", text: "" }], /no file/],
  [
    "two texts for one file",
    [
      { path: "compose.yml", text: "1" },
      { path: "./compose.yml", text: "2" },
    ],
    /two different texts/,
  ],
])("%s is a fault of the caller", async (_case, files, message) => {
  await using world = await withRepository();
  const repository = world.open();
  const { commit: parent } = await repository.readHead();
  await expect(repository.makeCommit({ parent, files, message: "Update" })).rejects.toThrow(message);
});

test("of two who push onto the same commit one is told that the branch has moved", async () => {
  await using world = await withRepository();
  const [first, second] = [world.open(), world.open({ workFolder: join(world.folder.path, "other") })];
  const head = await first.readHead();
  const commits = await Promise.all([change(first, head, "first"), change(second, head, "second")]);
  const outcomes = await Promise.all([first.push(commits[0], head), second.push(commits[1], head)]);
  expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(["moved", "pushed"]);
  expect(await runTestGit(world.remote, "rev-parse", "main")).toBe(commits[outcomes[0].kind === "pushed" ? 0 : 1]);
});

test("a branch that was put back meanwhile does not get back what was taken away", async () => {
  await using world = await withRepository();
  const repository = world.open();
  const { commit: before } = await repository.readHead();
  await repository.open({ branch: "main", commit: before });
  await world.commit({ "compose.yml": "two" });
  const head = await repository.readHead();
  const commit = await change(repository, head, "three");
  await runTestGit(world.remote, "update-ref", "refs/heads/main", before);
  await expect(repository.push(commit, head)).resolves.toEqual({ kind: "moved" });
  expect(await runTestGit(world.remote, "rev-parse", "main")).toBe(before);
});

test("a commit that was lost with the clone has to be made again", async () => {
  await using world = await withRepository();
  const repository = world.open();
  const head = await repository.readHead();
  const commit = await change(repository, head, "two");
  await rm(world.options().workFolder, { recursive: true });
  const lost = { retryable: true, message: expect.stringContaining("has lost the commit") };
  await expect(repository.push(commit, head)).rejects.toMatchObject(lost);
  await expect(repository.putOwnBranch("talos/web", commit, undefined)).rejects.toMatchObject(lost);
  await change(repository, head, "three");
  await expect(repository.push(commit, head)).rejects.toMatchObject(lost);
  await expect(repository.putOwnBranch("talos/web", commit, undefined)).rejects.toMatchObject(lost);
});

test("a push again of what has arrived is fine, one of a foreign commit is a fault", async () => {
  await using world = await withRepository();
  const repository = world.open();
  const head = await repository.readHead();
  const commit = await change(repository, head, "two");
  await repository.push(commit, head);
  await expect(repository.push(commit, head)).resolves.toEqual({ kind: "pushed" });
  const next = { branch: "main", commit };
  await expect(repository.push(head.commit, next)).rejects.toThrow(/was not made on/);
});

test("a hook of the server that says no is a refusal, with its words", async () => {
  await using world = await withRepository();
  const hook = join(world.remote, "hooks/pre-receive");
  await world.folder.write({ "a.git/hooks/pre-receive": "#!/bin/sh\necho 'Fridays are holy.' >&2\nexit 1\n" });
  await chmod(hook, 0o755);
  const repository = world.open();
  const head = await repository.readHead();
  const outcome = await repository.push(await change(repository, head, "two"), head);
  expect(outcome).toMatchObject({ kind: "refused", text: expect.stringContaining("Fridays are holy.") });
  expect(await repository.readHead()).toEqual(head);
});

test("a branch that somebody has checked out is refused with advice", async () => {
  await using world = await withRepository();
  const repository = world.open({ url: world.person.path });
  const head = await repository.readHead();
  const outcome = await repository.push(await change(repository, head, "two"), head);
  expect(outcome).toMatchObject({ kind: "refused", hint: expect.stringContaining("bare repository") });
});

test("branches of its own are put, put elsewhere, read and removed, and no others", async () => {
  await using world = await withRepository();
  const repository = world.open();
  const head = await repository.readHead();
  const [one, two] = [await change(repository, head, "1"), await change(repository, head, "2")];
  const put = (commit: string, expected: string | undefined) => repository.putOwnBranch("talos/web", commit, expected);
  await expect(repository.readBranch("talos/web")).resolves.toBeUndefined();
  await expect(put(one, two)).resolves.toEqual({ kind: "moved" });
  await expect(put(one, undefined)).resolves.toEqual({ kind: "pushed" });
  await expect(repository.readBranch("talos/web")).resolves.toBe(one);
  await expect(put(two, undefined)).resolves.toEqual({ kind: "moved" });
  await expect(put(two, one)).resolves.toEqual({ kind: "pushed" });
  await expect(repository.readBranch("talos/web")).resolves.toBe(two);
  await expect(repository.deleteOwnBranch("talos/web", one)).rejects.toThrow(/changed at the same time/);
  await world.open({ workFolder: join(world.folder.path, "new") }).deleteOwnBranch("talos/web", two);
  await repository.deleteOwnBranch("talos/web", two);
  await expect(repository.readBranch("talos/web")).resolves.toBeUndefined();
  await expect(repository.deleteOwnBranch("main", head.commit)).rejects.toThrow(/no branch of Talos's own/);
  await expect(repository.putOwnBranch("main", one, head.commit)).rejects.toThrow(/no branch of Talos's/);
  expect(await repository.readHead()).toEqual(head);
});

test("whether a push would be allowed is asked without pushing", async () => {
  await using world = await withRepository();
  await expect(world.open().checkPush()).resolves.toBeUndefined();
  expect(await runTestGit(world.remote, "for-each-ref", "--format=%(refname)")).toBe("refs/heads/main");
});

describeWith(["ssh"], "signing with an SSH key", () => {
  test("makes a commit that git verifies", async () => {
    await using world = await withRepository();
    const key = join(world.folder.path, "a key");
    await makeKey(key);
    const repository = world.open({ signing: { format: "ssh", key } });
    const head = await repository.readHead();
    const commit = await change(repository, head, "two");
    await repository.push(commit, head);
    const allowed = join(world.folder.path, "allowed");
    await writeFile(allowed, `talos@example.com ${await readFile(`${key}.pub`, "utf8")}`);
    const verify = ["-c", `gpg.ssh.allowedSignersFile=${allowed}`, "verify-commit", commit];
    await expect(runTestGit(world.remote, ...verify)).resolves.toBe("");
    await expect(runTestGit(world.remote, ...verify.slice(0, 3), head.commit)).rejects.toThrow();
  });

  test("says that it did not work", async () => {
    await using world = await withRepository();
    const key = join(world.folder.path, "key");
    await makeKey(key, "a passphrase");
    for (const broken of [key, join(world.folder.path, "absent")]) {
      const repository = world.open({ signing: { format: "ssh", key: broken } });
      await expect(change(repository, await repository.readHead(), "two")).rejects.toMatchObject({
        name: "TalosError",
        message: expect.stringContaining("could not be signed"),
      });
    }
  });
});

async function makeKey(file: string, passphrase = ""): Promise<void> {
  const keygen = join(programPath("ssh"), "../ssh-keygen");
  await promisify(execFile)(keygen, ["-q", "-t", "ed25519", "-N", passphrase, "-C", "test", "-f", file]);
}
