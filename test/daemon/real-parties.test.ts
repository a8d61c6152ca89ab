import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { runTestGit } from "../parties/git.ts";
import { gitServer } from "../parties/git-server.ts";
import { redisServer } from "../parties/redis-server.ts";
import { sshServer } from "../parties/ssh-server.ts";
import type { LogLine, RunningDaemon } from "./run-daemon.ts";
import { openWorld, type World } from "./world.ts";

const account = { username: "talos", password: "the-registry's-password" };
const token = "glpat-the/token";
/** Several programs are started, and several scans waited for. */
const patience = { timeout: 90_000 };
const patiently = { patienceMs: 30_000 };

/** One service whose next patch is there. */
async function pushTwo({ registry }: World): Promise<string> {
  for (const tag of ["1.0.0", "1.0.1"]) await registry.push({ repository: "web", tags: [tag], content: tag });
  return `services:\n  web:\n    image: ${registry.host}/web:1.0.0\n    x-tl: ^!\n`;
}

const isOf = (kind: string, name: string) => (line: LogLine) =>
  line.kind === kind && line.source?.includes(name) === true;

function count(daemon: RunningDaemon, matches: (line: LogLine) => boolean): number {
  return daemon.lines.filter(matches).length;
}

describeWith(["git", "docker-registry", "htpasswd", "redis-server", "sshd", "ssh"], "talos run among strangers", () => {
  test("An update arrives over HTTP with a token and over SSH, signed, all with passwords.", patience, async () => {
    await using world = await openWorld({ auth: { kind: "htpasswd", account } });
    await using redis = await redisServer({ password: "the-password-of-redis" });
    await using ssh = await sshServer();
    const compose = await pushTwo(world);
    const overHttp = await world.repository("over-http", { "compose.yml": compose });
    const overSsh = await world.repository("over-ssh", { "compose.yml": compose });
    await using http = await gitServer(world.folder.path, { username: "talos", password: token });
    const key = { SigningKey: ssh.clientKeyFile, SigningFormat: "Ssh", Email: "talos@example.com" };
    const daemon = await world.daemon(
      {
        RegistrySettings: {
          Domains: {
            [world.registry.host]: { Insecure: true, Username: account.username, Password: account.password },
          },
        },
        RedisSettings: { Endpoint: redis.endpoint },
        ImageUpdateSettings: {
          Hosts: {
            web: { ...key, Username: "talos", Token: token },
            shell: { ...key, IdentityFile: ssh.clientKeyFile, KnownHostsFile: ssh.knownHostsFile },
          },
          Repositories: [
            { Url: `${http.url}/over-http.git`, Host: "web" },
            { Url: ssh.url(overSsh.path), Host: "shell" },
          ],
        },
      },
      patiently,
    );
    const signers = join(world.folder.path, "signers");
    await writeFile(signers, `talos@example.com ${await readFile(`${ssh.clientKeyFile}.pub`, "utf8")}`);
    for (const [name, repository] of [["over-http", overHttp] as const, ["over-ssh", overSsh] as const]) {
      const delivered = await daemon.waitFor(`${name} delivered`, isOf("delivered", name));
      expect(await repository.read("compose.yml")).toContain("/web:1.0.1@sha256:");
      const trust = `gpg.ssh.allowedSignersFile=${signers}`;
      await runTestGit(repository.path, "-c", trust, "verify-commit", delivered.commit ?? "");
    }
    expect(await daemon.stop()).toBe(0);
    expect(daemon.other).toEqual([]);
    expect(daemon.lines.filter(({ level }) => level > 30)).toEqual([]);
  });

  test("A wrong token is told once, with what to do, and its correction too.", patience, async () => {
    await using world = await openWorld();
    const repository = await world.repository("infra", { "compose.yml": await pushTwo(world) });
    await using http = await gitServer(world.folder.path, { username: "talos", password: token });
    const settings = (given: string) => ({
      ImageUpdateSettings: {
        Schedule: { DelaySeconds: 1 },
        Hosts: { web: { Username: "talos", Token: given } },
        Repositories: [{ Url: `${http.url}/infra.git`, Host: "web" }],
      },
    });
    const wrong = await world.daemon(settings("glpat-wrong"), patiently);
    const told = await wrong.waitFor("the trouble", isOf("scan-failed", "infra"));
    expect(told.msg).toMatch(/^Could not read http:\S+infra\.git: access was denied$/);
    expect(told.facts).toEqual({ hint: expect.stringMatching(/Token/) });
    const asked = http.requests.length;
    await expect.poll(() => http.requests.length, { timeout: 15_000 }).toBeGreaterThan(asked + 3);
    expect(await wrong.stop()).toBe(0);
    expect(count(wrong, isOf("scan-failed", "infra"))).toBe(1);

    const right = await world.daemon(settings(token), patiently);
    await right.waitFor("the recovery", isOf("scan-recovered", "infra"));
    await right.waitFor("the delivery", isOf("delivered", "infra"));
    expect(await repository.read("compose.yml")).toContain("/web:1.0.1@sha256:");
    expect(await right.stop()).toBe(0);
    expect(count(right, isOf("scan-recovered", "infra"))).toBe(1);
  });

  test(
    "An unknown and a changed host key are told once each, with what to do, until the file of known hosts is right.",
    patience,
    async () => {
      await using world = await openWorld();
      await using ssh = await sshServer();
      const compose = await pushTwo(world);
      const file = (name: string) => join(world.folder.path, name);
      await copyFile(ssh.emptyKnownHostsFile, file("unknown"));
      await copyFile(ssh.wrongKnownHostsFile, file("changed"));
      const names = ["unknown", "changed"];
      const paths = await Promise.all(
        names.map(async (name) => (await world.repository(name, { "compose.yml": compose })).path),
      );
      const daemon = await world.daemon({
        ImageUpdateSettings: {
          Schedule: { DelaySeconds: 1 },
          Hosts: Object.fromEntries(
            names.map((name) => [name, { IdentityFile: ssh.clientKeyFile, KnownHostsFile: file(name) }]),
          ),
          Repositories: paths.map((path, index) => ({ Url: ssh.url(path), Host: names[index] })),
        },
      });
      const unknown = await daemon.waitFor("an unknown key", isOf("scan-failed", "unknown"));
      expect(unknown.msg).toMatch(/: the host's SSH key is not known here$/);
      expect(unknown.facts).toEqual({ hint: expect.stringMatching(/KnownHostsFile/) });
      const changed = await daemon.waitFor("a changed key", isOf("scan-failed", "changed"));
      expect(changed.msg).toMatch(/: the host's SSH key has changed/);
      expect(changed.facts).toEqual({ hint: expect.stringMatching(/KnownHostsFile/) });
      const connections = () => ssh.output.filter((line) => line.startsWith("Connection from")).length;
      const before = connections();
      await expect.poll(connections, { timeout: 15_000 }).toBeGreaterThan(before + 3);
      for (const name of names) {
        await copyFile(ssh.knownHostsFile, file(name));
        await daemon.waitFor("a recovery", isOf("scan-recovered", name));
        await daemon.waitFor("a delivery", isOf("delivered", name));
      }
      expect(await daemon.stop()).toBe(0);
      for (const name of names) {
        expect(count(daemon, isOf("scan-failed", name))).toBe(1);
        expect(count(daemon, isOf("scan-recovered", name))).toBe(1);
      }
    },
  );
});
