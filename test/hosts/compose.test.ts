import { execFile } from "node:child_process";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { ComposeRequest } from "../../src/hosts/compose-project.ts";
import type { Host } from "../../src/hosts/hosts.ts";
import { describeWith } from "../parties/describe-with.ts";
import { type ComposeWorld, composeWorld, type HostName } from "./compose-world.ts";
import { noSignal } from "./open-test-hosts.ts";

const needs = [
  "dockerd",
  "busybox",
  "docker",
  "docker-compose",
  "docker-compose-v1",
  "docker-registry",
  "ssh",
  "sshd",
] as const;
// Compose takes seconds to start, and more of them on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

/** Does not mind being told to end. */
const stubborn = ["sh", "-c", "trap '' TERM; while true; do sleep 1; done"];

describeWith(needs, "compose", () => {
  let world: ComposeWorld;
  beforeAll(async () => {
    world = await composeWorld();
  }, 60_000);
  afterAll(() => world?.[Symbol.asyncDispose]());

  test("hosts say which compose they have", async () => {
    const state = (name: HostName) => expect.poll(() => world.host(name).state(), { timeout: 20_000 });
    await state("V1 by SSH").toMatchObject({ composeVersion: "1.29.2", composeProblem: undefined });
    await state("V2").toMatchObject({ composeVersion: expect.stringMatching(/^2\.\d/) });
  });

  test.each(["V2", "V1 by SSH"] as const)(
    "%s: after pull and up the new image runs, and Talos's environment stays its own",
    async (name) => {
      const project = projectOf("update", name);
      const tag = `${world.registry.host}/${project}:1`;
      const old = await publish(world, tag, "one");
      const labels = { leaked: "${TALOS_SECRET:-nothing}" };
      await world.bringUp(name, project, { image: tag, labels });
      expect(
        world
          .host(name)
          .projects()
          .find((each) => each.name === project),
      ).toEqual({
        name: project,
        folder: join(world.folder.path, project),
        files: [join(world.folder.path, project, "docker-compose.yml")],
        environmentFiles: [],
        services: ["web"],
      });
      const fresh = await publish(world, tag, "two");
      await world.engine.request("POST", `/images/${old}/tag?repo=${tag.slice(0, -2)}&tag=1`);
      expect(await run(world.host(name), { project, action: "pull", service: undefined })).not.toEqual([]);
      expect(await imageOf(world.host(name), project)).toBe(old);
      expect(await run(world.host(name), { project, action: "up", service: "web" })).not.toEqual([]);
      expect(await imageOf(world.host(name), project)).toBe(fresh);
      expect((await containerOf(world.host(name), project))?.labels.leaked).toBe("nothing");
    },
  );

  test("what was recreated without compose is no change to compose", async () => {
    await world.engine.importImage({ tag: "again:1", content: "one" });
    await world.bringUp("V2", "again", { image: "again:1" });
    const fresh = await world.engine.importImage({ tag: "again:1", content: "two" });
    const { details } = await world.host("V2").recreate("again-web-1", noSignal);
    expect(details.imageId).toBe(fresh);
    await run(world.host("V2"), { project: "again", action: "up", service: undefined });
    expect((await containerOf(world.host("V2"), "again"))?.id).toBe(details.id);
  });

  test("where a project is only compose has said, never an image", async () => {
    await world.engine.importImage({ tag: "plain:1" });
    await world.bringUp("V2", "honest", { image: "plain:1" });
    await world.writeProject("trap", { image: "plain:1", container_name: "trapped" });
    const folder = join(world.folder.path, "trap");
    const claim = (project: string) => [
      `LABEL com.docker.compose.project=${project} com.docker.compose.service=web`,
      `LABEL com.docker.compose.project.working_dir=${folder}`,
      `LABEL com.docker.compose.project.config_files=${folder}/docker-compose.yml`,
    ];
    const host = world.host("V2");
    for (const project of ["honest", "invented"]) {
      await world.engine.importImage({ tag: `${project}-claim:1`, instructions: claim(project) });
      await world.engine.run({ name: `${project}-claim`, image: `${project}-claim:1` });
      await expect.poll(() => host.projects().find(({ name }) => name === project)?.folder).toBe(folder);
    }
    await run(host, { project: "honest", action: "up", service: undefined });
    await expect(run(host, { project: "invented", action: "up", service: undefined })).rejects.toMatchObject({
      code: "compose-failed",
      message: expect.stringContaining("only the image of invented-claim says where it is"),
    });
    expect((await host.containers(noSignal)).map(({ name }) => name)).not.toContain("trapped");
  });

  test("containers are made again when nothing has changed, where that is set", async () => {
    const [name, project] = ["V1 by SSH", "force"] as const;
    await world.engine.importImage({ tag: "plain:1" });
    await world.bringUp(name, project, { image: "plain:1" });
    const before = (await containerOf(world.host(name), project))?.id;
    await run(world.host(name), { project, action: "up", service: undefined });
    expect((await containerOf(world.host(name), project))?.id).not.toBe(before);
  });

  test.each(["V1", "V2 by SSH"] as const)("%s: what compose complains of is told", async (name) => {
    const project = projectOf("broken", name);
    await world.engine.importImage({ tag: "plain:1" });
    await world.bringUp(name, project, { image: "plain:1" });
    await world.writeProject(project, { image: `${world.registry.host}/absent:1` });
    await expect(run(world.host(name), { project, action: "pull", service: "web" })).rejects.toMatchObject({
      code: "compose-failed",
      message: expect.stringMatching(/^compose pull of broken-\S+ \(web\) on V\d.* failed: .*(not found|unknown)/),
    });
    await world.writeProject(project, { image: "plain:1", volumes: ["/no/such/folder:relative"] });
    await expect(run(world.host(name), { project, action: "up", service: undefined })).rejects.toMatchObject({
      code: "compose-failed",
    });
    await rename(join(world.folder.path, project), join(world.folder.path, `${project}-moved`));
    await expect(run(world.host(name), { project, action: "up", service: undefined })).rejects.toMatchObject({
      code: "compose-failed",
      message: expect.stringContaining(`${join(world.folder.path, project, "docker-compose.yml")} is not there`),
      hint: expect.stringContaining(name.includes("SSH") ? "put it back" : "mount"),
    });
  });

  test.each(["V2", "V1", "V2 by SSH"] as const)(
    "%s: cancelled in the middle it ends, and nothing of it is left",
    async (name) => {
      const project = projectOf("cancel", name);
      await world.engine.importImage({ tag: "plain:1" });
      const service = { image: "plain:1", command: stubborn, stop_grace_period: "10m" };
      await world.bringUp(name, project, service);
      await world.writeProject(project, { ...service, environment: { A: "b" } });
      const cancel = new AbortController();
      const request = { project, action: "up", service: undefined } as const;
      const lines = world.host(name).compose(request, cancel.signal);
      while (!/recreat/i.test((await lines.next()).value ?? "recreat"));
      expect(await processes(project)).not.toEqual([]);
      await expect(run(world.host(name), request)).rejects.toMatchObject({ code: "already-running" });
      cancel.abort(new Error("cancelled by ada"));
      await expect(Array.fromAsync(lines)).rejects.toThrow("cancelled by ada");
      await expect.poll(() => processes(project), { timeout: 10_000 }).toEqual([]);
    },
  );

  test("who stops listening ends it, and the project is free again", async () => {
    const project = projectOf("left", "V2");
    await world.engine.importImage({ tag: "plain:1" });
    const service = { image: "plain:1", command: stubborn, stop_grace_period: "10m" };
    await world.bringUp("V2", project, service);
    await world.writeProject(project, { ...service, environment: { A: "b" } });
    const request = { project, action: "up", service: undefined } as const;
    for await (const line of world.host("V2").compose(request, noSignal)) if (/recreat/i.test(line)) break;
    await expect.poll(() => processes(project), { timeout: 10_000 }).toEqual([]);
    const again = world.host("V2").compose(request, noSignal);
    expect((await again.next()).done).toBe(false);
    await again.return();
  });
});

function projectOf(what: string, host: HostName): string {
  return `${what}-${host.toLowerCase().replaceAll(" ", "-")}`;
}

async function publish(world: ComposeWorld, tag: string, content: string): Promise<string> {
  const id = await world.engine.importImage({ tag, content });
  await world.engine.push(tag);
  return id;
}

function run(host: Host, request: ComposeRequest): Promise<readonly string[]> {
  return Array.fromAsync(host.compose(request, noSignal));
}

async function containerOf(host: Host, project: string) {
  const containers = await host.containers(noSignal);
  return containers.find(({ labels }) => labels["com.docker.compose.project"] === project);
}

async function imageOf(host: Host, project: string): Promise<string | undefined> {
  const container = await containerOf(host, project);
  return container && (await host.inspect(container.name, noSignal)).imageId;
}

/** Programs that were started for a project. */
async function processes(project: string): Promise<readonly string[]> {
  const script =
    "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | tr -s '\\n' ' ' | grep -o -- '--project-name [a-z0-9-]*' | sort -u; true";
  const { stdout } = await promisify(execFile)("sh", ["-c", script]);
  return stdout.split("\n").filter((line) => line === `--project-name ${project}`);
}
