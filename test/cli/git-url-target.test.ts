import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { dockerRegistry } from "../parties/docker-registry.ts";
import { bareRepository, gitRepository } from "../parties/git.ts";
import { gitServer } from "../parties/git-server.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { talosUser } from "../run-talos.ts";

describeWith(["git", "docker-registry"], "the URL of a git repository as a target", () => {
  test.each(["file", "http"] as const)("is planned by its branch over %s, and not written to", async (protocol) => {
    await using registry = await dockerRegistry();
    await registry.push({ repository: "web", tags: ["1.0.0", "1.1.0"] });
    await using repository = await gitRepository({ "compose.yml": "services: {}\n" });
    await repository.git("checkout", "--quiet", "-b", "home/servers");
    await repository.commit({
      "stacks/compose.yml": `services:\n  web: { image: "\${WEB}", x-tl: "^!" }\n`,
      "stacks/.env": `WEB=${registry.host}/web:1.0.0\n`,
    });
    await using folder = await temporaryFolder();
    const bare = await bareRepository(folder.path, "home", repository);
    await using server = await gitServer(folder.path);
    const url = protocol === "file" ? `file://${bare}` : `${server.url}/home.git`;
    await using user = await talosUser();

    const { document, status } = await user.plan(["plan", `${url}#home/servers`]);
    expect(status).toBe(0);
    expect(document.references).toMatchObject([
      { source: `${url}#home/servers`, file: "stacks/compose.yml", verdict: "update" },
    ]);
    expect(document.references[0]?.proposals[0]?.edits).toMatchObject([{ file: "stacks/.env", line: 1 }]);
    expect((await user.plan(["plan", url])).document.references).toEqual([]);

    const applied = await user.run(["apply", `${url}#home/servers`]);
    expect(applied).toMatchObject({ status: 64, stdout: "" });
    expect(applied.stderr).toMatch(/^talos: .*apply writes into a folder\n {2}clone it and run apply in the clone\n$/);
  });

  test("says what is wrong with a branch or a repository that is not there", async () => {
    await using repository = await gitRepository({});
    await using user = await talosUser();
    const noBranch = await user.run(["plan", `file://${repository.path}#nowhere`]);
    expect(noBranch.status).toBe(1);
    expect(noBranch.stderr).toMatch(/^talos: .*nowhere.*\n( {2}.+\n)?$/);
    const noRepository = await user.run(["plan", `file://${repository.path}/nothing`]);
    expect(noRepository.status).toBe(1);
    expect(noRepository.stderr).toMatch(/^talos: .*nothing.*\n( {2}.+\n)?$/);
  });
});
