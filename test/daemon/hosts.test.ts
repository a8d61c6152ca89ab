import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { waitFor } from "../hosts/open-test-hosts.ts";
import { processesOf } from "../hosts/processes.ts";
import { describeWith } from "../parties/describe-with.ts";
import { dockerEngine } from "../parties/docker-engine.ts";
import { sshServer } from "../parties/ssh-server.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { talosUser } from "../run-talos.ts";
import { runDaemon } from "./run-daemon.ts";

describeWith(["ssh", "sshd", "dockerd", "busybox"], "talos run", () => {
  test("reaches its hosts, does without those that are down, and leaves no ssh when it is killed", async () => {
    await using engine = await dockerEngine();
    await engine.importImage({ tag: "talos/sleeper:1" });
    await engine.run({ name: "web", image: "talos/sleeper:1" });
    await using server = await sshServer();
    await using user = await talosUser();
    await using folder = await temporaryFolder();
    const ssh = { Host: "127.0.0.1", Port: server.port, User: server.username, IdentityFile: server.clientKeyFile };
    const Hosts = {
      nas: { Socket: engine.socket, SSHConfig: { ...ssh, KnownHostsFile: server.knownHostsFile } },
      stranger: { Socket: engine.socket, SSHConfig: { ...ssh, KnownHostsFile: server.emptyKnownHostsFile } },
    };
    await folder.write({ "talos.json": JSON.stringify({ DockerSettings: { Hosts } }) });
    const start = { folder: folder.path, environment: user.environment, patienceMs: 30_000 };
    const talos = (...args: readonly string[]) => user.run(args, { cwd: folder.path });
    const killed = runDaemon(start);
    await killed.waitFor("nas is up", ({ msg }) => msg.startsWith("host nas is up"));
    await killed.waitFor("stranger is down", ({ msg }) => msg.startsWith("host stranger is down: the host key of"));
    expect(await talos("containers", "nas")).toMatchObject({ status: 0, stdout: expect.stringContaining("web") });
    const refused = await talos("containers", "stranger");
    expect(refused.status).not.toBe(0);
    expect(`${refused.stdout}${refused.stderr}`).toMatch(/is not known[\s\S]*ssh-keyscan -t ed25519/);
    expect(processesOf(join(folder.path, "data/ssh"))).not.toEqual([]);
    await killed.kill();
    await waitFor("ssh is gone", () => processesOf(join(folder.path, "data/ssh")).length === 0);
    await using daemon = runDaemon(start);
    await daemon.waitFor("nas is up again", ({ msg }) => msg.startsWith("host nas is up"));
    expect(await readdir(join(folder.path, "data/ssh"))).toHaveLength(1);
    expect(await daemon.stop()).toBe(0);
    expect(await readdir(join(folder.path, "data/ssh"))).toEqual([]);
  }, 120_000);
});

/** Notes every module as it is resolved. */
const recorder = `
  import { appendFileSync } from "node:fs";
  import { registerHooks } from "node:module";
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      appendFileSync(process.env.MODULE_LIST, resolved.url + "\\n");
      return resolved;
    },
  });`;

test("a Talos without hosts loads nothing of what reaches them", async () => {
  await using user = await talosUser();
  await using folder = await temporaryFolder();
  const Hosts = { nas: { Socket: "/no/such/docker.sock" } };
  await folder.write({
    "recorder.mjs": recorder,
    "without/talos.json": "{}",
    "with/talos.json": JSON.stringify({ DockerSettings: { Hosts } }),
  });
  const loaded = async (name: string, ready: RegExp) => {
    const list = join(folder.path, `${name}.txt`);
    const NODE_OPTIONS = `--import ${pathToFileURL(join(folder.path, "recorder.mjs")).href}`;
    const environment = { ...user.environment, NODE_OPTIONS, MODULE_LIST: list };
    await using daemon = runDaemon({ folder: join(folder.path, name), environment });
    await daemon.waitFor("it runs", ({ msg }) => ready.test(msg));
    await daemon.stop();
    return (await readFile(list, "utf8"))
      .split("\n")
      .filter((url) => /\/(dockerode|docker-modem)\/|\/src\/hosts\/(open-|keeping|route|engine)/.test(url));
  };
  expect(await loaded("without", /^talos runs/)).toEqual([]);
  expect(await loaded("with", /^host nas is down/)).toContainEqual(expect.stringContaining("/dockerode/"));
});
