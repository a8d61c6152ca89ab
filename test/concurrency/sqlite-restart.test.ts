import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { openWorld, type World } from "../daemon/world.ts";
import { describeWith } from "../parties/describe-with.ts";

async function beginWatching(world: World) {
  const { registry } = world;
  const { digest } = await registry.push({ repository: "web", tags: ["1.0.0"], content: "a" });
  const repository = await world.repository("infra", {
    "compose.yml": `services:\n  web:\n    image: ${registry.host}/web:1.0.0@${digest}\n    x-tl: ^!\n`,
  });
  const settings = { ImageUpdateSettings: { Repositories: [{ Url: repository.path }] } };
  return { repository, start: () => world.daemon(settings) };
}

describeWith(["git", "docker-registry"], "talos run with a store of its own", () => {
  test("A process that is killed while it delivers is followed by one that goes on at once, and nothing lands twice.", {
    timeout: 60_000,
  }, async () => {
    await using world = await openWorld();
    const { repository, start } = await beginWatching(world);
    await world.registry.push({ repository: "web", tags: ["1.0.1"], content: "b" });
    const killed = await start();
    await killed.waitFor("that it is queued", ({ kind }) => kind === "queued");
    await killed.kill();
    const next = await start();
    await expect.poll(() => repository.read("compose.yml"), { timeout: 10_000 }).toContain("web:1.0.1@");
    const store = openSqliteStore(join(world.folder.path, "talos/data/talos.sqlite"));
    const delivered = async () => {
      const kinds = (await store.log("events").read(0, 100)).map(({ value }) => Object(value).kind);
      return kinds.filter((kind) => kind === "delivered");
    };
    await expect.poll(delivered, { timeout: 10_000 }).toHaveLength(1);
    expect(await next.stop()).toBe(0);
    expect((await repository.commits()).map(({ author }) => author)).toEqual(["Talos", "Ada"]);
    expect(await delivered()).toHaveLength(1);
    await using lease = await store.takeLease(`deliver ${join(world.folder.path, "infra")}`);
    expect(lease).toBeDefined();
    await store.close();
  });

  test("A second one in the same data directory is refused, and the first goes on.", {
    timeout: 60_000,
  }, async () => {
    await using world = await openWorld();
    const { start } = await beginWatching(world);
    const first = await start();
    await first.waitFor("its first scan", ({ kind }) => kind === "scan-finished");
    const second = await world.talos(["run"]);
    expect(second.status).not.toBe(0);
    expect(second.stderr + second.stdout).toMatch(/already runs|another Talos|is running/i);
    expect(await world.talos(["queue"])).toMatchObject({ status: 0 });
    expect(await first.stop()).toBe(0);
  });
});
