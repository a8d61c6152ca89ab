import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import type { Finding } from "../../src/cli/doctor/finding.ts";
import { describeWith } from "../parties/describe-with.ts";
import { dockerRegistry } from "../parties/docker-registry.ts";
import { bareRepository, gitRepository, runTestGit } from "../parties/git.ts";
import { gitServer } from "../parties/git-server.ts";
import { redisServer } from "../parties/redis-server.ts";
import { startProgram } from "../parties/start-program.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { type TalosUser, talosMain, talosUser } from "../run-talos.ts";

interface Diagnosis {
  readonly status: number | null;
  readonly text: string;
  readonly of: (name: string) => readonly Finding[];
}

async function diagnose(user: TalosUser, environment: Readonly<Record<string, string>> = {}): Promise<Diagnosis> {
  const { status, stdout } = await user.run(["doctor", "--json"], { environment });
  const { findings }: { findings: readonly Finding[] } = JSON.parse(stdout);
  return { status, text: stdout, of: (name) => findings.filter((finding) => finding.name === name) };
}

const account = { username: "talos", password: "hunter2" };

describeWith(["git", "docker-registry", "htpasswd", "redis-server"], "talos doctor", () => {
  test("finds nothing wrong where nothing is", async () => {
    await using registry = await dockerRegistry({ auth: { kind: "htpasswd", account } });
    await registry.push({ repository: "web", tags: ["1.0.0"] });
    await using repository = await gitRepository({
      "compose.yml": `services:\n  web: { image: "${registry.host}/web:1.0.0", x-tl: "^!" }\n`,
    });
    await using folder = await temporaryFolder();
    await bareRepository(folder.path, "home", repository);
    await using server = await gitServer(folder.path, account);
    await using redis = await redisServer({ persistent: true, password: "hunter2" });
    await using user = await talosUser();
    await user.home.write({
      "talos.yaml": `
RedisSettings: { Endpoint: "${redis.endpoint}" }
RegistrySettings: { Domains: { "${registry.host}": { Username: talos, Password: hunter2 } } }
ImageUpdateSettings:
  Hosts: { here: { Name: talos, Token: { File: token } } }
  Repositories: [{ Url: "${server.url}/home.git", Host: here }]
`,
      token: "hunter2\n",
    });
    const id = `${new URL(server.url).host}/home`;
    const { status, text, of } = await diagnose(user);
    expect(of("configuration")).toEqual([
      { name: "configuration", outcome: "passes", text: "read from talos.yaml; 1 repository" },
    ]);
    expect(of("data directory")).toMatchObject([{ outcome: "passes", text: expect.stringContaining("will be made") }]);
    expect(of("git")).toMatchObject([{ outcome: "passes" }]);
    expect(of(`repository ${id}`)).toMatchObject([
      { outcome: "passes", text: expect.stringMatching(/^main at [0-9a-f]{8} is readable; 1 image in its files$/) },
      { outcome: "passes", text: "may be pushed to" },
    ]);
    expect(of(`registry ${registry.host}`)).toMatchObject([{ outcome: "passes" }]);
    expect(of("redis")).toMatchObject([{ outcome: "passes" }]);
    expect(of("clock")).toMatchObject([{ outcome: "passes", text: `agrees with ${registry.host}` }]);
    expect(of("running")).toMatchObject([{ outcome: "notes" }]);
    expect(status).toBe(0);
    expect(text).not.toContain("hunter2");

    const shown = await user.run(["doctor"]);
    expect(shown.stdout).toMatch(/^✓ configuration: read from talos\.yaml; 1 repository\n/);
    expect(shown.stdout).toMatch(/\nnothing is wrong\n$/);
  });

  test("finds everything that is wrong at once", async () => {
    await using registry = await dockerRegistry({ auth: { kind: "htpasswd", account } });
    await using repository = await gitRepository({
      "compose.yml": `services:\n  a: { image: "${registry.host}/web:1" }\n  b: { image: "127.0.0.1:9/web:1" }\n`,
      ".talos.yaml": "Glob: { Compose: {} }\n",
    });
    await using folder = await temporaryFolder();
    await runTestGit(await bareRepository(folder.path, "a", repository), "config", "http.receivepack", "false");
    await using server = await gitServer(folder.path, account);
    await using redis = await redisServer({ arguments: ["--maxmemory-policy", "allkeys-lru"] });
    await using user = await talosUser();
    await user.home.write({
      "talos.yaml": `
DataDirectory: file/data
RedisSettings: { Endpoint: "${redis.endpoint}" }
RegistrySettings: { Domains: { "${registry.host}": { Username: talos, Password: wrong } } }
ImageUpdateSettings:
  Hosts:
    right: { Name: talos, Token: hunter2, Type: Generic }
    wrong: { Name: talos, Token: hunter3 }
    forge: { Name: talos, Token: hunter2, Type: Gitea, ApiUrl: "http://127.0.0.1:9" }
  Repositories:
    - { Url: "${server.url}/a.git", Host: right }
    - { Url: "${server.url}/a.git", Host: wrong, Branch: main }
    - { Url: "${server.url}/b/b.git", Host: forge, CreateMergeRequestsForPushes: true }
`,
      file: "",
    });
    const host = new URL(server.url).host;
    const { status, of } = await diagnose(user);
    expect(status).toBe(1);
    expect(of("data directory")).toMatchObject([{ outcome: "fails", text: expect.stringContaining("is no folder") }]);
    expect(of(`repository ${host}/a`)).toMatchObject([
      { outcome: "passes" },
      { outcome: "notes", text: expect.stringMatching(/^\.talos\.yaml:1: Glob\.Compose: is not a setting/) },
      { outcome: "fails", text: expect.stringMatching(/^may not be pushed to: /) },
    ]);
    expect(of(`repository ${host}/a#main`)).toMatchObject([
      { outcome: "fails", text: expect.stringContaining("access was denied") },
    ]);
    expect(of(`repository ${host}/b/b`)).toMatchObject([{ outcome: "fails" }]);
    expect(of(`merge requests ${host}/b/b`)).toMatchObject([
      { outcome: "fails", text: expect.stringContaining("cannot be reached") },
    ]);
    expect(of(`registry ${registry.host}`)).toMatchObject([
      { outcome: "fails", text: expect.stringContaining("refuses") },
    ]);
    expect(of("registry 127.0.0.1:9")).toMatchObject([{ outcome: "fails" }]);
    expect(of("redis")).toMatchObject([
      { outcome: "passes" },
      { outcome: "fails", text: expect.stringContaining("allkeys-lru") },
      { outcome: "notes", text: expect.stringContaining("keeps nothing on disk") },
    ]);
  });

  test("says that Redis does not answer, or does not let it in", async () => {
    await using redis = await redisServer({ password: "hunter2" });
    await using user = await talosUser();
    const wrong = await diagnose(user, { RedisSettings__Endpoint: `127.0.0.1:${redis.port},password=hunter3` });
    expect(wrong.of("redis")).toMatchObject([{ outcome: "fails", text: expect.stringContaining("WRONGPASS") }]);
    expect(wrong.text).not.toContain("hunter3");
    await redis.stop();
    const gone = await diagnose(user, { RedisSettings__Endpoint: redis.endpoint });
    expect(gone.of("redis")).toMatchObject([{ outcome: "fails", text: expect.stringContaining("ECONNREFUSED") }]);
  });

  test.each([
    ["printf 'git version 2.20.1\\n'", "version 2.20.1 is too old"],
    ["exit 1", "`git version` does not answer"],
    [undefined, "git is not installed, or not on the PATH"],
  ])("says what is wrong with a git that does %s", async (script, text) => {
    await using user = await talosUser();
    await user.home.write({ "bin/keep": "" });
    const git = join(user.home.path, "bin/git");
    if (script !== undefined) {
      await user.home.write({ "bin/git": `#!/bin/sh\n${script}\n` });
      await chmod(git, 0o755);
    }
    const { of, status } = await diagnose(user, { PATH: join(user.home.path, "bin") });
    expect(of("git")).toMatchObject([{ outcome: "fails", text }]);
    expect(status).toBe(1);
  });

  test("leaves a damaged store, and one of a newer Talos, as they are", async () => {
    await using user = await talosUser();
    await user.home.write({ "data/talos.sqlite": "no database".repeat(500) });
    const path = join(user.home.path, "data/talos.sqlite");
    const damaged = await diagnose(user);
    expect(damaged.of("store")).toMatchObject([{ outcome: "fails", text: expect.stringContaining("cannot be read") }]);
    expect(await readFile(path, "utf8")).toMatch(/^no database/);

    await user.home.write({ "newer/talos.sqlite": "" });
    const newer = new DatabaseSync(join(user.home.path, "newer/talos.sqlite"));
    newer.exec(`CREATE TABLE a (b); PRAGMA application_id = ${0x54414c53}; PRAGMA user_version = 99`);
    newer.close();
    const { of } = await diagnose(user, { DataDirectory: "newer" });
    expect(of("store")).toMatchObject([{ outcome: "fails", text: expect.stringContaining("a newer Talos wrote it") }]);
  });

  test("knows whether a Talos runs, and finds its store sound", async () => {
    await using user = await talosUser();
    const { home, environment } = user;
    const program = await startProgram({
      command: process.execPath,
      arguments: [talosMain, "run"],
      folder: home.path,
      environment,
      ready: /talos runs/,
    });
    const during = await diagnose(user);
    await program[Symbol.asyncDispose]();
    expect(during.of("running")).toMatchObject([{ text: "a Talos runs with this data directory" }]);
    expect(during.of("store")).toMatchObject([{ outcome: "passes", text: expect.stringContaining("is sound") }]);
    const after = await diagnose(user);
    expect(after.of("running")).toMatchObject([{ text: "no Talos runs with this data directory" }]);
    expect(after.status).toBe(0);
  });

  test("lists the faults of a configuration, and looks no further", async () => {
    await using user = await talosUser();
    const { stdout, status } = await user.run(["doctor"], {
      environment: { ApiSettings__Port: "x", GitSettings__X: "y" },
    });
    expect(status).toBe(1);
    expect(stdout.split("\n").filter((line) => line.startsWith("✗"))).toHaveLength(2);
    expect(stdout).toMatch(/\n2 things are wrong\n$/);
  });
});
