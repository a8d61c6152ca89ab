import { chownSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { freePort } from "../parties/free-port.ts";
import { type ImageWorld, imageWorld, root, socketGroup } from "./image-world.ts";

/** So that nobody has to wait for it. */
const often = ["--health-interval", "1s"];
/** As in docs/deployment.md. */
const demoWords = ["demo", "--serve", "--listen", "0.0.0.0:8080"];
const patience = { timeout: 60_000, interval: 250 };

describeWith(["dockerd", "docker", "docker-compose", "git", "ssh", "tini", "redis-server"], "the image", () => {
  let world: ImageWorld;
  beforeAll(async () => {
    world = await imageWorld();
    await world.folder.write({ "config/talos.yaml": "DockerSettings:\n  Hosts:\n    here: {}\n" });
  }, 180_000);
  afterAll(() => world?.[Symbol.asyncDispose]());

  const inspect = async (id: string) => JSON.parse(await world.docker("inspect", id))[0];
  const health = async (name: string) => (await inspect(name)).State.Health?.Status;
  /** Gives its name, once it is healthy. */
  const start = async (name: string, ...options: readonly string[]) => {
    const mounts = [`${world.socket}:/var/run/docker.sock:ro`, `${world.folder.path}/config:/app:ro`, `${name}:/data`];
    const volumes = mounts.flatMap((mount) => ["--volume", mount]);
    await world.docker(
      "run",
      "--detach",
      "--name",
      name,
      "--network",
      "none",
      ...volumes,
      ...often,
      ...options,
      "talos",
    );
    await expect.poll(() => health(name), patience).toBe("healthy");
    return name;
  };

  test("is of the user talos, says what it is, and remembers nothing of where it was built", async () => {
    const { Config, Size } = await inspect("talos");
    expect(Config).toMatchObject({
      User: "talos",
      WorkingDir: "/app",
      Entrypoint: ["tini", "--", "talos"],
      Cmd: ["run"],
      ExposedPorts: { "8080/tcp": {} },
      Volumes: { "/data": {} },
      Healthcheck: { Test: ["CMD", "talos", "health"] },
    });
    expect(Config.Labels).toMatchObject({
      "org.opencontainers.image.title": "Talos",
      "org.opencontainers.image.version": "1.2.3",
      "org.opencontainers.image.revision": "abc",
    });
    const names = Config.Env.map((line: string) => line.split("=")[0]);
    expect(new Set(names)).toEqual(
      new Set(["PATH", "DataDirectory", "GitSettings__WorkDirectory", "ApiSettings__Address", "XDG_CACHE_HOME"]),
    );
    const history = await world.docker("history", "--no-trunc", "--format", "{{.Size}} {{.CreatedBy}}", "talos");
    expect(history).not.toContain("canary");
    // What comes on top of the programs: Talos with its page is a few megabytes.
    const { Size: ofPrograms } = await inspect("stand-in/programs");
    expect(Size - ofPrograms).toBeLessThan(12_000_000);
  });

  test("takes into its build what it is built from alone", async () => {
    const context = join(world.folder.path, "context");
    const wanted = ["src/main.ts", "scripts/build.ts", "examples/homelab/README.md", "package.json", "LICENSE"];
    const unwanted = [".env", ".git/config", "config/talos-token", "data/talos.sqlite", "node_modules/zod/index.js"];
    await world.folder.write(Object.fromEntries([...wanted, ...unwanted].map((path) => [`context/${path}`, "x"])));
    await world.folder.write({ "context/Dockerfile": "FROM stand-in/programs\nCOPY . /context\nWORKDIR /context\n" });
    await world.folder.write({ "context/.dockerignore": read(".dockerignore") });
    await world.dockerIn(context, {}, "build", "--network", "none", "--tag", "context", ".");
    const listed = await world.docker(
      "run",
      "--rm",
      "--network",
      "none",
      "context",
      "sh",
      "-c",
      "ls -d $0 $@ 2>&1; true",
      ...wanted,
      ...unwanted,
    );
    expect(listed.match(/^[\w./-]+$/gm)?.toSorted()).toEqual(wanted.toSorted());
  });

  test.each([
    ["talos", "--version", /^talos \d/],
    ["git", "--version", /^git version/],
    ["docker", "--version", /^Docker version/],
    ["docker", "compose version", /^Docker Compose version v?[2-9]/],
    ["id", "", /^uid=1000\(talos\) gid=1000\(talos\) groups=1000\(talos\)$/m],
  ])("has %s %s", async (program, args, expected) => {
    const words = args.split(" ").filter((word) => word !== "");
    const run = ["run", "--rm", "--network", "none", "--entrypoint", program, "talos", ...words];
    expect(await world.docker(...run)).toMatch(expected);
  });

  test("works without a network and with a root file system that nobody can write to", async () => {
    const hardening = ["--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"];
    const output = await world.docker("run", "--rm", "--network", "none", ...hardening, "talos", "demo");
    expect(output).toContain("15 images in 9 files written");
  });

  test("becomes healthy, answers inside, and sees the engine by the group alone", { timeout: 120_000 }, async () => {
    const name = await start("with-group", "--group-add", String(socketGroup));
    expect(await world.docker("exec", name, "talos", "queue")).toContain("nothing waits");
    await expect.poll(() => world.docker("exec", name, "talos", "hosts"), patience).toMatch(/here.*up/i);
    expect(await world.docker("exec", name, "talos", "containers", "here")).toContain(name);
    expect(await world.docker("exec", name, "id")).toContain(String(socketGroup));
  });

  test("sees no engine without the group, and works all the same", { timeout: 120_000 }, async () => {
    const name = await start("without-group");
    expect(await world.docker("exec", name, "talos", "hosts")).toContain("the user may not use /var/run/docker.sock");
  });

  test("ends by itself when it is stopped, and finds its data again", { timeout: 120_000 }, async () => {
    const name = await start("stopped");
    await world.docker("exec", name, "talos", "token", "create", "phone", "--access", "read");
    await world.docker("stop", "--time", "15", name);
    expect((await inspect(name)).State).toMatchObject({ ExitCode: 0, OOMKilled: false });
    await world.docker("start", name);
    await expect.poll(() => health(name), patience).toBe("healthy");
    expect(await world.docker("exec", name, "talos", "token", "list")).toContain("phone");
  });

  test("a backup is restored into an empty volume, as docs/deployment.md says", { timeout: 120_000 }, async () => {
    const [backup = "", restore = ""] =
      read("docs/deployment.md").match(/^docker run .*--volumes-from talos .*$/gm) ?? [];
    const run = (line: string, name: string) =>
      world.shell(line.replace("--volumes-from talos", `--volumes-from ${name}`));
    const name = await start("backed-up");
    await world.docker("exec", name, "talos", "token", "create", "phone", "--access", "read");
    await world.docker("stop", name);
    await run(backup, name);
    const other = await start("restored");
    await world.docker("stop", other);
    await run(restore, other);
    await world.docker("start", other);
    await expect.poll(() => health(other), patience).toBe("healthy");
    expect(await world.docker("exec", other, "talos", "token", "list")).toContain("phone");
  });

  test("writes a first configuration into a folder of the user 1000", async () => {
    await world.folder.write({ "first/.keep": "" });
    chownSync(join(world.folder.path, "first"), 1000, 1000);
    const commands = [
      "git init --quiet /tmp/work && cd /tmp/work",
      "git -c user.name=me -c user.email=me@example.com commit --quiet --allow-empty --message begin",
      "git clone --quiet --bare . /tmp/home.git && cd /app",
      "talos init --yes --url /tmp/home.git",
    ];
    const run = ["run", "--rm", "--network", "none", "--volume", `${world.folder.path}/first:/app`];
    await world.docker(...run, "--entrypoint", "sh", "talos", "-c", commands.join(" && "));
    expect(readFileSync(join(world.folder.path, "first/talos.yaml"), "utf8")).toContain("/tmp/home.git");
  });

  test("serves the demo", { timeout: 60_000 }, async () => {
    await world.docker("run", "--detach", "--name", "demo", "--network", "none", "talos", ...demoWords);
    await expect.poll(() => world.docker("logs", "demo"), patience).toContain("http://127.0.0.1:8080/#token=");
    const ask = "fetch('http://127.0.0.1:8080/').then((answer) => answer.text()).then(console.log)";
    expect(await world.docker("exec", "demo", "node", "--eval", ask)).toContain("<html");
    await world.docker("stop", "demo");
    expect((await inspect("demo")).State.ExitCode).toBe(0);
  });

  const compose = (environment: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const own = { DOCKER_SOCKET: world.socket, DOCKER_GROUP: String(socketGroup), ...environment };
    return world.dockerIn(join(world.folder.path, "project"), own, "compose", ...args);
  };

  test.each([
    ["without Redis", {}, ["talos"]],
    ["with Redis", { COMPOSE_PROFILES: "redis", REDIS_ENDPOINT: "talos-redis:6379" }, ["talos", "talos-redis"]],
  ])("comes up by compose.yaml, %s", { timeout: 120_000 }, async (_title, settings, services) => {
    const port = await freePort();
    const environment = { ...settings, TALOS_PORT: String(port) };
    await world.folder.write({
      "project/compose.yaml": read("compose.yaml"),
      "project/config/talos.yaml": "DockerSettings:\n  Hosts:\n    here: {}\n",
    });
    expect(JSON.parse(await compose(environment, "config", "--format", "json")).services.talos.build).toBeDefined();
    await compose(environment, "up", "--detach", "--no-build", "--pull", "never", "--wait", "--wait-timeout", "90");
    try {
      const running = (await compose(environment, "ps", "--services")).trim().split("\n").toSorted();
      expect(running).toEqual(services);
      expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain("<html");
      expect(await world.docker("exec", "talos", "talos", "queue")).toContain("nothing waits");
      await expect.poll(() => world.docker("exec", "talos", "talos", "hosts"), patience).toMatch(/here.*up/i);
      const { HostConfig, Config } = await inspect("talos");
      expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ["ALL"], GroupAdd: [String(socketGroup)] });
      expect(Config.User).toBe("talos");
      await compose(environment, "stop", "talos");
      expect((await inspect("talos")).State.ExitCode).toBe(0);
    } finally {
      await compose(environment, "down", "--volumes", "--timeout", "1");
    }
  });
});

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
