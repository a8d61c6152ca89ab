import { join } from "node:path";
import { expect, test } from "vitest";
import { openRedisStore } from "../../src/store/redis-store.ts";
import type { LogLine, RunningDaemon } from "../daemon/run-daemon.ts";
import { openWorld, type World } from "../daemon/world.ts";
import { describeWith } from "../parties/describe-with.ts";
import { dockerRegistry } from "../parties/docker-registry.ts";
import { gitServer } from "../parties/git-server.ts";
import { redisServer } from "../parties/redis-server.ts";
import { readEndpoint } from "../store/open-redis.ts";
import { payloadsOf } from "./payloads.ts";
import { webhookDoor } from "./webhook-door.ts";

/** Several programs are started, and several scans waited for. */
const patience = { timeout: 90_000 };
const patiently = { patienceMs: 30_000 };
const compose = (host: string, ...names: readonly string[]) =>
  `services:\n${names.map((name) => `  ${name}:\n    image: ${host}/${name}:1.0.0\n    x-tl: ^!\n`).join("")}`;
const seldom = { Schedule: { Type: "Delay", DelaySeconds: 3600 } };

const delivered = (daemon: RunningDaemon, name: string) =>
  daemon.waitFor(`${name} delivered`, ({ kind, msg }) => kind === "delivered" && msg.startsWith(`${name}:`));

async function release({ registry }: Pick<World, "registry">, name: string, tag: string): Promise<void> {
  await registry.push({ repository: name, tags: [tag], content: `${name} ${tag}` });
}

describeWith(["git", "docker-registry", "redis-server"], "a webhook", () => {
  test("of a push makes its source be scanned, and no other source.", patience, async () => {
    await using world = await openWorld();
    for (const tag of ["1.0.0", "1.0.1"]) await release(world, "web", tag);
    const { host } = world.registry;
    const repository = await world.repository("home/infra", { "compose.yml": compose(host, "web") });
    await world.repository("home/other", { "compose.yml": "" });
    await using git = await gitServer(world.folder.path);
    const door = await webhookDoor({ folder: join(world.folder.path, "talos") });
    const { push } = payloadsOf(git.url);
    const says = async (commit: string, branch?: string) => {
      expect(await door.post("gitea", push(commit, branch), { "x-gitea-event": "push" })).toBe(202);
    };
    const Repositories = [{ Url: `${git.url}/home/infra.git` }, { Url: `${git.url}/home/other` }];
    const daemon = await world.daemon(
      { ...door.settings, ImageUpdateSettings: { ...seldom, Repositories } },
      patiently,
    );
    const { commit: own = "" } = await delivered(daemon, "web");
    await says(own);
    await says("12".repeat(20), "another");
    const looksAt = (name: string) => git.requests.filter(({ line }) => line.includes(`/${name}.git/`)).length;
    const isOfOther = ({ kind, source }: LogLine) =>
      kind === "scan-finished" && source?.endsWith("home/other") === true;
    await daemon.waitFor("the scan of the other", isOfOther);
    const others = looksAt("home/other");
    const { clone } = repository;
    await clone.git("fetch", "--quiet", "origin", "main");
    await clone.git("reset", "--quiet", "--hard", "origin/main");
    await release(world, "db", "1.0.0");
    await release(world, "db", "1.0.1");
    const text = await repository.read("compose.yml");
    const moved = await clone.commit({ "compose.yml": `${text}\n${compose(host, "db").replace("services:\n", "")}` });
    await clone.git("push", "--quiet", "origin", "HEAD:main");
    await says(moved);
    await delivered(daemon, "db");
    expect(await repository.read("compose.yml")).toContain("/db:1.0.1@");
    expect(looksAt("home/other")).toBe(others);
    expect(await daemon.stop()).toBe(0);
    expect(daemon.lines.filter(({ level }) => level > 30)).toEqual([]);
  });

  test("of a registry brings what was pushed there, a burst at its end.", patience, async () => {
    await using world = await openWorld();
    await using git = await gitServer(world.folder.path);
    const door = await webhookDoor({ folder: join(world.folder.path, "talos") });
    await using registry = await dockerRegistry({
      notify: { url: door.url("registry"), token: door.tokens["registry"] ?? "" },
    });
    const { host } = registry;
    const names = ["web", "db", "idle"];
    for (const name of names) await release({ registry }, name, "1.0.0");
    const repository = await world.repository("home/infra", { "compose.yml": compose(host, ...names) });
    const daemon = await world.daemon(
      {
        ...door.settings,
        RegistrySettings: { Domains: { [host]: { Insecure: true } }, CacheDuration: "1h" },
        ImageUpdateSettings: { ...seldom, Repositories: [{ Url: `${git.url}/home/infra.git` }] },
      },
      patiently,
    );
    await daemon.waitFor("a scan", ({ kind }) => kind === "scan-finished");
    for (const tag of ["1.0.1", "1.0.2", "1.0.3", "1.0.4"]) await release({ registry }, "web", tag);
    await release({ registry }, "db", "1.0.1");
    await expect.poll(() => repository.read("compose.yml"), { timeout: 20_000 }).toMatch(/web:1\.0\.4@[^]*db:1\.0\.1@/);
    expect(await daemon.stop()).toBe(0);
    expect(daemon.lines.filter(({ level }) => level > 30)).toEqual([]);
  });

  test("is handled once by two Talos on one Redis, whichever gets it.", patience, async () => {
    await using world = await openWorld();
    await using redis = await redisServer();
    await using git = await gitServer(world.folder.path);
    for (const tag of ["1.0.0", "1.0.1"]) await release(world, "web", tag);
    const repository = await world.repository("home/infra", { "compose.yml": compose(world.registry.host, "web") });
    const { pipeline } = payloadsOf(git.url);
    const doors = [await webhookDoor({ redis: redis.endpoint })];
    const [first] = doors;
    if (first === undefined) throw new Error("there is no door");
    const second = await first.beside();
    const daemons: RunningDaemon[] = [];
    for (const [index, { settings }] of [first, second].entries())
      daemons.push(
        await world.daemon(
          {
            ...settings,
            RedisSettings: { Endpoint: redis.endpoint },
            ImageUpdateSettings: { ...seldom, Repositories: [{ Url: `${git.url}/home/infra.git` }] },
          },
          { ...patiently, name: `talos${index}` },
        ),
      );
    const { commit = "" } = await Promise.any(daemons.map((daemon) => delivered(daemon, "web")));
    expect((await repository.commits())[0]?.id).toBe(commit);
    await Promise.all(daemons.map((daemon) => daemon.waitFor("the page", ({ msg }) => msg.includes("API are at"))));
    for (let number = 1; number <= 5; number += 1)
      for (const status of ["pending", "running", "success"]) {
        const said = pipeline(number, status, commit);
        const taken = await Promise.all([first.post("gitlab", said), second.post("gitlab", said)]);
        expect(taken).toEqual([202, 202]);
      }
    const store = await openRedisStore({ endpoint: readEndpoint(redis.endpoint) });
    const waiting = async () => (await store.collection("webhook").list("")).length;
    const told = async () =>
      (await store.log("events").latest(1000))
        .map(({ value }) => Object(value))
        .filter(({ kind }) => kind === "pipeline");
    const ends = async () => (await told()).filter(({ facts }) => facts.state === "succeeded").length;
    await expect.poll(ends, { timeout: 20_000 }).toBe(5);
    await expect.poll(waiting, { timeout: 20_000 }).toBe(0);
    const states = (await told()).map(({ facts }) => `${facts.number} ${facts.state}`);
    expect(new Set(states).size).toBe(states.length);
    await store.close();
    for (const daemon of daemons) expect(await daemon.stop()).toBe(0);
  });
});
