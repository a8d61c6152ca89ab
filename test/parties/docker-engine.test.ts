import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { expect, test, vi } from "vitest";
import { describeWith } from "./describe-with.ts";
import { type DockerEngine, dockerEngine } from "./docker-engine.ts";
import { dockerRegistry } from "./docker-registry.ts";
import { dockerTools } from "./docker-tools.ts";
import { programPath } from "./find-program.ts";
import { type SshDocker, sshDocker } from "./ssh-docker.ts";
import { temporaryFolder } from "./temporary-folder.ts";

vi.setConfig({ testTimeout: 60_000 });

const run = promisify(execFile);
const composeText = `services:
  web: { image: "web:1" }
`;

describeWith(["dockerd", "busybox"], "an engine", () => {
  test("runs containers beside another one, with a network each, and leaves nothing", async () => {
    const engines = await Promise.all([dockerEngine(), dockerEngine()]);
    const bridges: string[] = [];
    try {
      for (const engine of engines) {
        await engine.importImage({ tag: "web:1", instructions: ["LABEL a=b"] });
        const { Id } = (await engine.request("POST", "/networks/create", { Name: "net" })) as { Id: string };
        bridges.push(Id.slice(0, 12));
        await engine.run({ name: "web", image: "web:1", network: "net", healthcheck: "test -f /content" });
        await expect.poll(() => health(engine, "web"), { timeout: 10_000 }).toBe("healthy");
      }
      expect(await machine()).toContain(bridges[0]);
    } finally {
      for (const engine of engines) await engine[Symbol.asyncDispose]();
    }
    const left = await machine();
    for (const trace of [...bridges, ...engines.map(({ socket }) => socket)]) expect(left).not.toContain(trace);
  });
});

describeWith(["dockerd", "busybox"], "an engine whose process is killed", () => {
  test("ends with it, with all it had", async () => {
    const script = `
      import { dockerEngine } from ${JSON.stringify(join(import.meta.dirname, "docker-engine.ts"))};
      const engine = await dockerEngine();
      await engine.importImage({ tag: "web:1" });
      const { Id } = await engine.request("POST", "/networks/create", { Name: "net" });
      await engine.run({ name: "web", image: "web:1", network: "net" });
      console.log(JSON.stringify([engine.socket, Id.slice(0, 12)]));
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    const traces = JSON.parse(line) as readonly string[];
    const left = async () => {
      const all = await machine();
      return traces.filter((trace) => all.includes(trace));
    };
    expect(await left()).toEqual(traces);
    child.kill("SIGKILL");
    await expect.poll(left, { timeout: 10_000 }).toEqual([]);
    await rm(dirname(traces[0] ?? ""), { recursive: true });
  });
});

describeWith(["dockerd", "busybox", "docker-registry"], "an engine and a registry", () => {
  test("pull what was pushed", async () => {
    await using registry = await dockerRegistry();
    await using engine = await dockerEngine();
    const tag = `${registry.host}/team/web:1`;
    const id = await engine.importImage({ tag, content: "one" });
    await engine.push(tag);
    await engine.request("DELETE", `/images/${tag}`);
    await engine.request("POST", `/images/create?fromImage=${encodeURIComponent(tag)}`);
    expect(await engine.request("GET", `/images/${tag}/json`)).toMatchObject({ Id: id });
  });
});

describeWith(["dockerd", "busybox", "docker", "docker-compose", "docker-compose-v1", "ssh", "sshd"], "compose", () => {
  test("of both versions runs a project here and by SSH, with a key for commands only", async () => {
    await using engine = await dockerEngine();
    await using tools = await dockerTools();
    await using server = await sshDocker();
    await using folder = await temporaryFolder();
    await folder.write({ "compose.yaml": composeText, "docker-compose.yml": `version: "3"\n${composeText}` });
    await engine.importImage({ tag: "web:1" });
    const env = { ...tools.environment, DOCKER_HOST: `unix://${engine.socket}` };
    await run("docker", ["compose", "-p", "two", "up", "-d"], { cwd: folder.path, env });
    await run("docker-compose", ["-p", "one", "up", "-d"], { cwd: folder.path, env });
    const prefix = `cd ${folder.path} && DOCKER_HOST=unix://${engine.socket}`;
    await bySsh(server, `${prefix} docker compose -p far-two up -d`);
    await bySsh(server, `${prefix} docker-compose -p far-one up -d`);
    expect(await names(engine)).toEqual(["/far-one_web_1", "/far-two-web-1", "/one_web_1", "/two-web-1"]);
  });
});

async function bySsh(server: SshDocker, command: string): Promise<void> {
  const options = ["-F", "none", "-i", server.commandKeyFile, "-o", `UserKnownHostsFile="${server.knownHostsFile}"`];
  const target = ["-p", String(server.port), `${server.username}@127.0.0.1`];
  await run(programPath("ssh"), [...options, ...target, command]);
}

async function names(engine: DockerEngine): Promise<readonly string[]> {
  const containers = (await engine.request("GET", "/containers/json")) as readonly { Names: readonly string[] }[];
  return containers.flatMap(({ Names }) => Names).toSorted();
}

async function health(engine: DockerEngine, name: string): Promise<string | undefined> {
  const { State } = (await engine.request("GET", `/containers/${name}/json`)) as {
    readonly State: { readonly Health?: { readonly Status: string } };
  };
  return State.Health?.Status;
}

/** What the machine has: mounts, processes and network devices. */
async function machine(): Promise<string> {
  const processes = await run("sh", ["-c", "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '; true"], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const [mounts, devices] = await Promise.all([
    readFile("/proc/self/mounts", "utf8"),
    readFile("/proc/net/dev", "utf8"),
  ]);
  return processes.stdout + mounts + devices;
}
