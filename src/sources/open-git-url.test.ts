import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bareRepository, gitRepository } from "../../test/parties/git.ts";
import { gitServer } from "../../test/parties/git-server.ts";
import { temporaryFolder } from "../../test/parties/temporary-folder.ts";
import { openGitUrl } from "./open-git-url.ts";

describe("a repository served over HTTP", () => {
  test("is read from its newest commit, and again from the next one", async () => {
    await using repository = await gitRepository({ "web/compose.yml": "one", "notes.txt": "later" });
    await using folder = await temporaryFolder();
    await bareRepository(folder.path, "a", repository);
    await using server = await gitServer(folder.path);
    const workFolder = join(folder.path, "work");

    const first = await openGitUrl(`${server.url}/a.git`, { workFolder });
    expect(first).toMatchObject({ name: `${server.url}/a.git`, root: undefined, isGitWorkTree: false });
    expect(first.paths).toEqual(["notes.txt", "web/compose.yml"]);
    expect(first.text("web/compose.yml")).toEqual({ kind: "text", text: "one" });
    expect(first.text("notes.txt")).toEqual({ kind: "text", text: "later" });
    expect(first.text("absent.yml")).toEqual({ kind: "missing" });
    expect(first.text("../x")).toMatchObject({ kind: "refused" });

    await repository.commit({ "web/compose.yml": "two" });
    await repository.git("push", "--quiet", join(folder.path, "a.git"), "main");
    const second = await openGitUrl(`${server.url}/a.git`, { workFolder });
    expect(second.text("web/compose.yml")).toEqual({ kind: "text", text: "two" });
    expect(first.text("web/compose.yml")).toEqual({ kind: "text", text: "one" });
  });

  test("gives its password only when asked, and tells it in no message", async () => {
    await using repository = await gitRepository({ "compose.yml": "private" });
    await using folder = await temporaryFolder();
    await bareRepository(folder.path, "a", repository);
    await using server = await gitServer(folder.path, { username: "ada", password: "p@ss word" });
    const workFolder = join(folder.path, "work");

    const url = new URL(`${server.url}/a.git`);
    url.username = "ada";
    url.password = "p@ss word";
    const snapshot = await openGitUrl(url.href, { workFolder });
    expect(snapshot.name).toBe(`${server.url}/a.git`);
    expect(snapshot.text("compose.yml")).toEqual({ kind: "text", text: "private" });
    expect(server.requests[0]?.authorization).toBeUndefined();

    url.password = "wrong-password";
    const failure = await openGitUrl(url.href, { workFolder }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "source-unreadable", message: expect.stringContaining("access was denied") });
    expect(String(failure)).not.toContain("wrong-password");
  });
});

describe("a repository in a folder", () => {
  test("follows links inside the commit and none out of it, and no submodules", async () => {
    await using other = await gitRepository({ "compose.yml": "" });
    await using repository = await gitRepository({ "shared/compose.yml": "shared" });
    await using folder = await temporaryFolder();
    const link = (target: string, name: string) => symlink(target, join(repository.path, name));
    await link("shared/compose.yml", "compose.yml");
    await link("shared", "folder");
    await link("/etc/passwd", "outside.yml");
    await link("../x.yml", "above.yml");
    await link("circle.yml", "circle.yml");
    await repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.path, "module");
    await repository.commit({});

    const { text, paths } = await openGitUrl(`file://${repository.path}`, { workFolder: folder.path });
    expect(paths).not.toContain("module");
    expect(text("module")).toEqual({ kind: "missing" });
    expect(text("compose.yml")).toEqual({ kind: "text", text: "shared" });
    expect(text("folder/compose.yml")).toEqual({ kind: "text", text: "shared" });
    expect(text("outside.yml")).toMatchObject({ kind: "refused", reason: expect.stringContaining("leads out") });
    expect(text("above.yml")).toMatchObject({ kind: "refused", reason: expect.stringContaining("leads out") });
    expect(text("circle.yml")).toMatchObject({ kind: "refused", reason: expect.stringContaining("circle") });
  });

  test("refuses what is huge or binary, and keeps strange names", async () => {
    await using repository = await gitRepository({
      "huge.yml": "x".repeat(1024 * 1024 + 1),
      "binary.yml": "a\0b",
      "tab\tand\nline.yml": "strange",
      "empty.yml": "",
    });
    await using folder = await temporaryFolder();
    const { text } = await openGitUrl(`file://${repository.path}`, { workFolder: folder.path });
    expect(text("huge.yml")).toMatchObject({ kind: "refused", reason: expect.stringContaining("1 MiB") });
    expect(text("binary.yml")).toMatchObject({ kind: "refused", reason: expect.stringContaining("NUL") });
    expect(text("tab\tand\nline.yml")).toEqual({ kind: "text", text: "strange" });
    expect(text("empty.yml")).toEqual({ kind: "text", text: "" });
  });

  test("opens the branch that is named, also after it was rewritten", async () => {
    await using repository = await gitRepository({ "a.yml": "main" });
    await using folder = await temporaryFolder();
    await repository.git("checkout", "--quiet", "-b", "feature/x");
    await repository.commit({ "a.yml": "branch" });
    await repository.git("checkout", "--quiet", "main");
    const open = () => openGitUrl(`file://${repository.path}`, { branch: "feature/x", workFolder: folder.path });
    expect((await open()).text("a.yml")).toEqual({ kind: "text", text: "branch" });
    await repository.git("branch", "--quiet", "--force", "feature/x", "main");
    expect((await open()).text("a.yml")).toEqual({ kind: "text", text: "main" });
  });
});

describe("what cannot be opened is one sentence", () => {
  test.each([
    ["https://talos.invalid/a.git", undefined, /talos\.invalid.*host is unknown/],
    ["https://ada:secret@talos.invalid/a.git", undefined, /read https:\/\/talos\.invalid\/a\.git: the host is unknown/],
    ["http://127.0.0.1:1/a.git", undefined, /does not answer/],
    ["ssh://git@127.0.0.1:1/a.git", undefined, /does not answer|ssh is not installed/],
    ["file:///nowhere.git", undefined, /no repository at this address/],
    ["http://example.com/a.git", undefined, /unencrypted/],
    ["ext::sh -c touch% /tmp/x", undefined, /no address/],
    ["--upload-pack=touch /tmp/x", undefined, /no address/],
    ["ssh://-oProxyCommand=x/a", undefined, /not opened/],
    ["file:///nowhere.git", "--output=x", /no name of a branch/],
    ["file:///nowhere.git", "a:refs/heads/b", /no name of a branch/],
  ])("%s %s", async (url, branch, message) => {
    await using folder = await temporaryFolder();
    const failure = await openGitUrl(url, { branch, workFolder: folder.path }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: "TalosError", message: expect.stringMatching(message) });
    expect(String(failure)).not.toMatch(/secret|\n/);
  });

  test("a branch that is not there", async () => {
    await using repository = await gitRepository();
    await using folder = await temporaryFolder();
    const opening = openGitUrl(`file://${repository.path}`, { branch: "absent", workFolder: folder.path });
    await expect(opening).rejects.toThrow(/#absent: it has no such branch/);
  });
});
