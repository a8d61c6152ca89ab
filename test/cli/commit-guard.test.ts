import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { dockerRegistry } from "../parties/docker-registry.ts";
import { gitRepository } from "../parties/git.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { talosUser } from "../run-talos.ts";

const compose = (host: string, more = "") => `services:\n  a: {image: "${host}/web:1.0.0", x-tl: "^!"}\n${more}`;

describeWith(["git", "docker-registry"], "apply --commit writes nothing", () => {
  test.each([
    { title: "where the file has edits of the person", isStaged: false },
    { title: "where the file has staged edits", isStaged: true },
  ])("$title", async ({ isStaged }) => {
    await using registry = await dockerRegistry();
    await registry.push({ repository: "web", tags: ["1.0.0", "1.1.0"] });
    await using repository = await gitRepository({ "s/compose.yml": compose(registry.host) });
    const edited = compose(registry.host, "  mine: {build: .}\n");
    await repository.write({ "s/compose.yml": edited });
    if (isStaged) await repository.git("add", "--all");
    await using user = await talosUser();
    const run = await user.run(["apply", "--commit"], { cwd: join(repository.path, "s") });
    expect(run).toMatchObject({ status: 1, stdout: "" });
    expect(run.stderr).toBe(
      "talos: s/compose.yml has changes that are not committed; nothing was written\n" +
        "  commit it first, or run apply without --commit\n",
    );
    expect(await readFile(join(repository.path, "s/compose.yml"), "utf8")).toBe(edited);
  });

  test("where there is no repository, or the file is not in it", async () => {
    await using registry = await dockerRegistry();
    await registry.push({ repository: "web", tags: ["1.0.0", "1.1.0"] });
    await using repository = await gitRepository({});
    await using folder = await temporaryFolder();
    await using user = await talosUser();
    for (const [place, reason] of [
      [repository, "compose.yml is not tracked by git; nothing was written"],
      [folder, /^Could not commit in .*not a git repository/],
    ] as const) {
      await place.write({ "compose.yml": compose(registry.host) });
      const run = await user.run(["apply", "--commit"], { cwd: place.path });
      expect(run).toMatchObject({ status: 1, stdout: "" });
      expect(run.stderr.split("\n")[0]?.replace("talos: ", "")).toMatch(reason);
      expect(await readFile(join(place.path, "compose.yml"), "utf8")).toBe(compose(registry.host));
    }
  });
});

describeWith(["git", "docker-registry"], "apply --commit in a folder of a repository", () => {
  test("names the files from the repository's root, as git does", async () => {
    await using registry = await dockerRegistry();
    await registry.push({ repository: "web", tags: ["1.0.0", "1.1.0"] });
    await using repository = await gitRepository({ "stacks/s/compose.yml": compose(registry.host) });
    await using user = await talosUser();
    expect((await user.run(["apply", "--commit", "stacks"], { cwd: repository.path })).status).toBe(0);
    const message = await repository.git("log", "-1", "--format=%B");
    expect(message.split("\n").slice(0, 3)).toEqual(["[Talos] Updating images", "", "stacks/s/compose.yml"]);
  });

  test("says what the configuration says in the first line", async () => {
    await using registry = await dockerRegistry();
    await registry.push({ repository: "web", tags: ["1.0.0", "1.1.0"] });
    await using repository = await gitRepository({ "compose.yml": compose(registry.host) });
    await using user = await talosUser();
    const environment = { GitSettings__CommitSubject: "chore: newer images" };
    expect(await user.run(["apply", "--commit"], { cwd: repository.path, environment })).toMatchObject({ status: 0 });
    expect(await repository.git("log", "-1", "--format=%s")).toBe("chore: newer images");
  });
});
