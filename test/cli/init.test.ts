import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { bareRepository, type GitRepository, gitRepository, runTestGit } from "../parties/git.ts";
import { type GitServer, gitServer } from "../parties/git-server.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { runInTerminal } from "../run-in-terminal.ts";
import { type TalosUser, talosUser } from "../run-talos.ts";

interface Scene extends AsyncDisposable {
  readonly user: TalosUser;
  readonly repository: GitRepository;
  readonly server: GitServer;
  /** Of a private repository on the server. */
  readonly url: string;
  read(name: string): Promise<string>;
}

/** Decided without a registry: of one the image is not known, which counts only where all images are managed. */
const compose = 'services:\n  web: { image: "web:1.0.0", x-tl: x }\n  db: { image: "$DB" }\n';

async function openScene(): Promise<Scene> {
  await using stack = new AsyncDisposableStack();
  const repository = stack.use(await gitRepository({ "compose.yml": compose }));
  const folder = stack.use(await temporaryFolder());
  await bareRepository(folder.path, "home", repository);
  const server = stack.use(await gitServer(folder.path, { username: "ada", password: "hunter2" }));
  const user = stack.use(await talosUser());
  const kept = stack.move();
  return {
    user,
    repository,
    server,
    url: `${server.url}/home.git`,
    read: (name) => readFile(join(user.home.path, name), "utf8"),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function answer(user: TalosUser, answers: readonly string[], options: readonly string[] = []) {
  const { status, screen } = await runInTerminal(user, ["init", ...options], {
    answers: answers.map((text) => `${text}\r`),
    questionEnd: ": ",
    columns: 200,
  });
  return { status, text: stripVTControlCharacters(screen).replaceAll("\r\n", "\n") };
}

async function mode(user: TalosUser, name: string): Promise<string> {
  return ((await stat(join(user.home.path, name))).mode & 0o777).toString(8);
}

describeWith(["git", "script"], "talos init in a terminal", () => {
  test("asks again after each wrong answer, and writes what can be used at once", async () => {
    await using scene = await openScene();
    const { user, url } = scene;
    const { status, text } = await answer(user, [
      "",
      "not a url",
      url,
      "ada",
      "wrong",
      "ada",
      "hunter2",
      "nowhere",
      "main",
      "some",
      "all",
      "ada",
      "ada@example.com",
    ]);
    expect(text).toContain("a repository is needed\n");
    expect(text).toContain("the URL must be the URL of a git repository");
    expect(text.match(/access was denied/g)).toHaveLength(2);
    expect(text).toContain("it has no such branch");
    expect(text).toContain("what is managed is annotated or all, not some\n");
    expect(text).toContain("ada is no e-mail address\n");
    expect(text).not.toContain("hunter2");
    expect(text).toContain("written: talos-token, talos.yaml\ntalos-token holds your token: keep it out of git\n");
    expect(text).toMatch(/\n {2}db .*unknown/);
    expect(text).toContain("talos run starts Talos.\n");
    expect(status).toBe(0);

    expect(await scene.read("talos-token")).toBe("hunter2\n");
    expect([await mode(user, "talos-token"), await mode(user, "talos.yaml")]).toEqual(["600", "600"]);
    expect(await scene.read("talos.yaml")).not.toContain("hunter2");
    const shown = await user.run(["config", "show"]);
    expect(shown).toMatchObject({ status: 0, stderr: "" });
    for (const line of [
      `Url: "${url}"`,
      'Branch: "main"',
      'OptIn: "All"',
      'Email: "ada@example.com"',
      'Username: "ada"',
    ])
      expect(shown.stdout).toContain(line);
    const doctor = await user.run(["doctor"]);
    expect(doctor.stdout).toContain("may be pushed to\n");
  });

  test("takes a path, and the defaults for empty answers", async () => {
    await using scene = await openScene();
    const { status, text } = await answer(scene.user, [scene.repository.path, "", "", ""]);
    expect(status).toBe(0);
    expect(text).toContain("written: talos.yaml\n");
    expect(text).toContain("the repository's own, now main");
    expect(text).toContain("nothing to update, 2 skipped;");
    const written = await scene.read("talos.yaml");
    expect(written).toContain(`Url: ${scene.repository.path}\n`);
    expect(written).toContain("OptIn: Annotated\n");
    expect(written).not.toMatch(/Branch|Token|Email/);
  });

  test("goes back to the URL when no user name is given", async () => {
    await using scene = await openScene();
    const { status } = await answer(scene.user, [scene.url, "", scene.repository.path, "", "", ""]);
    expect(status).toBe(0);
    expect(await scene.read("talos.yaml")).toContain(scene.repository.path);
  });

  test("says that nothing can be delivered where it may not push, and goes on when that is meant", async () => {
    await using scene = await openScene();
    await using folder = await temporaryFolder();
    const bare = await bareRepository(folder.path, "public", scene.repository);
    await runTestGit(bare, "config", "http.receivepack", "false");
    await using server = await gitServer(folder.path);
    const { status, text } = await answer(scene.user, [`${server.url}/public.git`, "", "", "", ""]);
    expect(status).toBe(0);
    expect(text).toContain("It can be read, but not pushed to: ");
    expect(text).toContain("(empty: go on without pushing)");
    expect(text).toContain("written: talos.yaml\n");
  });

  test("asks only what no option answers", async () => {
    await using scene = await openScene();
    const options = ["--url", scene.repository.path, "--branch", "main", "--manage", "annotated"];
    const { status, text } = await answer(scene.user, ["me@example.com"], options);
    expect(status).toBe(0);
    expect(text.match(/^.*\): /gm)).toHaveLength(1);
    expect(await scene.read("talos.yaml")).toContain("Email: me@example.com\n");
  });

  test("that is stopped at a question writes nothing", async () => {
    await using scene = await openScene();
    const { user } = scene;
    const { status, screen } = await runInTerminal(user, ["init"], { answers: ["\u0003"], questionEnd: ": " });
    expect(status).toBe(64);
    expect(stripVTControlCharacters(screen)).toContain("stopped at a question; nothing was written");
    await expect(scene.read("talos.yaml")).rejects.toThrow("ENOENT");
  });
});

describeWith(["git"], "talos init without a terminal", () => {
  test("names the options to give instead", async () => {
    await using user = await talosUser();
    const { status, stdout, stderr } = await user.run(["init"]);
    expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
    expect(stderr).toMatch(
      /^talos: init needs a terminal to ask at, or the answers as options\n {2}talos init --url URL /,
    );
  });

  test("works by options, the token from a file", async () => {
    await using scene = await openScene();
    const { user, url } = scene;
    await user.home.write({ secret: "hunter2\n" });
    const options = ["--url", url, "--username", "ada", "--token-file", "secret", "--manage", "all", "--yes"];
    const { status, stdout, stderr } = await user.run(["init", ...options]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^written: talos-token, talos\.yaml\n/);
    expect(await scene.read("talos-token")).toBe("hunter2\n");
  });

  test.each([
    [["--url", "nothing here"], "the URL must be the URL of a git repository"],
    [["--url", "./nowhere"], "there is no repository at this address"],
    [["--url", ".", "--token-file", "nowhere"], "the token cannot be read"],
    [["--url", "./repository", "--branch", "nowhere"], "it has no such branch"],
    [["--url", "./repository", "--manage", "some"], "what is managed is annotated or all, not some"],
    [["--url", "./repository", "--email", "me"], "me is no e-mail address"],
    [["./repository", "--url", "."], "init takes no ./repository"],
  ])("refuses %j", async (options, reason) => {
    await using scene = await openScene();
    const { user, repository } = scene;
    await repository.git("clone", "--quiet", repository.path, join(user.home.path, "repository"));
    const { status, stderr } = await user.run(["init", ...options]);
    expect(stderr).toContain(reason);
    expect(status).toBe(64);
    await expect(scene.read("talos.yaml")).rejects.toThrow("ENOENT");
  });

  test("says that a wrong token is refused, without repeating it", async () => {
    await using scene = await openScene();
    await scene.user.home.write({ secret: "hunter3" });
    const { status, stderr } = await scene.user.run(["init", "--url", scene.url, "--token-file", "secret"]);
    expect(status).toBe(64);
    expect(stderr).toContain("access was denied");
    expect(stderr).not.toContain("hunter3");
  });

  test.each(["talos.yaml", "talos-token"])("leaves a %s that is there as it is", async (name) => {
    await using scene = await openScene();
    await scene.user.home.write({ [name]: "# mine\n" });
    const { status, stderr } = await scene.user.run(["init", "--url", scene.repository.path]);
    expect(status).toBe(64);
    expect(stderr).toContain(`${name} is there already, and is left as it is`);
    expect(await scene.read(name)).toBe("# mine\n");
  });
});
