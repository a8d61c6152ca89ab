import { expect, test } from "vitest";
import { openWorld } from "../daemon/world.ts";
import { describeWith } from "../parties/describe-with.ts";
import { redisServer } from "../parties/redis-server.ts";

describeWith(["git", "docker-registry", "redis-server"], "talos run, when Redis", () => {
  test("is away and comes back empty, pauses, says so once, and delivers nothing twice.", {
    timeout: 90_000,
  }, async () => {
    await using world = await openWorld();
    await using redis = await redisServer();
    const { registry } = world;
    const { digest } = await registry.push({ repository: "web", tags: ["1.0.0"], content: "a" });
    await registry.push({ repository: "web", tags: ["1.0.1"], content: "b" });
    const repository = await world.repository("infra", {
      "compose.yml": `services:\n  web:\n    image: ${registry.host}/web:1.0.0@${digest}\n    x-tl: ^!\n`,
    });
    const settings = {
      RedisSettings: { Endpoint: redis.endpoint },
      ImageUpdateSettings: { Repositories: [{ Url: repository.path }] },
    };
    const daemon = await world.daemon(settings, { patienceMs: 40_000 });
    await daemon.waitFor("the first delivery", ({ kind }) => kind === "delivered");
    await redis.stop();
    await daemon.waitFor("that Redis is gone", ({ level, msg }) => level === 50 && msg.includes("Work pauses"));
    const asked = await world.talos(["queue"]);
    expect(asked).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/Redis at 127\.0\.0\.1:\d+ cannot be used/),
    });
    const next = await registry.push({ repository: "web", tags: ["1.0.2"], content: "c" });
    await redis.start();
    await daemon.waitFor("that Redis is back", ({ kind }) => kind === "store-back");
    await daemon.waitFor("the next delivery", ({ kind, msg }) => kind === "delivered" && msg.includes("1.0.2"));
    expect(await repository.read("compose.yml")).toContain(`web:1.0.2@${next.digest}`);
    expect((await repository.commits()).map(({ author }) => author)).toEqual(["Talos", "Talos", "Ada"]);
    expect(daemon.lines.filter(({ msg }) => msg.includes("Work pauses"))).toHaveLength(1);
    expect(daemon.lines.filter(({ kind }) => kind === "store-gone")).toHaveLength(1);
    const before = daemon.lines.length;
    await redis.stop();
    await daemon.waitFor("that it is gone again", ({ msg }) => msg.includes("Work pauses"), before);
    expect(await daemon.stop()).toBe(0);
    expect(daemon.other).toEqual([]);
  });

  test("is not up yet, waits for it, and ends when it is told to.", { timeout: 60_000 }, async () => {
    await using world = await openWorld();
    await using redis = await redisServer();
    await redis.stop();
    const settings = { RedisSettings: { Endpoint: redis.endpoint } };
    const early = await world.daemon(settings);
    await early.waitFor("that Redis is not there", ({ msg }) => msg.includes("Work pauses"));
    expect(await early.stop()).toBe(0);
    const daemon = await world.daemon(settings);
    await daemon.waitFor("that Redis is not there", ({ msg }) => msg.includes("Work pauses"));
    await redis.start();
    await daemon.waitFor("that it runs", ({ msg }) => msg.startsWith("talos runs"));
    expect([...early.other, ...daemon.other]).toEqual([]);
  });
});
