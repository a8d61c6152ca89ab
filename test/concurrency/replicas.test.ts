import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { openDeliveryMemory } from "../../src/delivery/delivery-memory.ts";
import { openRedisStore } from "../../src/store/redis-store.ts";
import { openWorld } from "../daemon/world.ts";
import { describeWith } from "../parties/describe-with.ts";
import { redisServer } from "../parties/redis-server.ts";
import { readEndpoint } from "../store/open-redis.ts";
import { shareWork } from "./share-work.ts";

const isLong = process.env["TALOS_LONG"] === "1";
const setup = isLong
  ? { replicas: 3, repositories: 60, kills: 60, releasesPerKill: 3 }
  : { replicas: 3, repositories: 12, kills: 4, releasesPerKill: 3 };
/** What a dead process held is free again after 15 seconds; then comes what waited meanwhile, on a slow machine. */
const takeOver = { timeout: 60_000, interval: 250 };

describeWith(["git", "docker-registry", "redis-server"], "three Talos on one Redis", () => {
  test("One of them is killed again and again: each update is delivered once, and every repository goes on being scanned.", {
    timeout: isLong ? 1_200_000 : 180_000,
  }, async () => {
    await using world = await openWorld();
    await using redis = await redisServer();
    await using work = await shareWork(world, redis, setup);
    await work.releaseAndKill();
    for (const repository of work.repositories)
      await expect.poll(() => repository.read("compose.yml"), takeOver).toContain(repository.latest);
    const store = await openRedisStore({ endpoint: readEndpoint(redis.endpoint) });
    const memory = openDeliveryMemory(store);
    const sinceMs = Date.now();
    const scanned = async () =>
      (await memory.scans.list("")).filter(({ value }) => value.startedMs > sinceMs && value.endedMs !== undefined);
    await expect.poll(async () => (await scanned()).length, takeOver).toBe(setup.repositories);
    await expect.poll(() => memory.queue.list(""), takeOver).toEqual([]);
    await expect.poll(() => memory.intentions.list(""), takeOver).toEqual([]);
    await work.stop();
    const reserved = (await memory.throttles.list("")).flatMap(({ value }) => Object.keys(value.reserved));
    expect(reserved).toEqual([]);
    const client = new Redis(redis.port);
    await expect.poll(() => client.keys("talos:lease:*"), takeOver).toEqual([]);
    client.disconnect();
    const delivered = (await work.events()).filter(({ kind }) => kind === "delivered");
    await store.close();
    for (const repository of work.repositories) {
      const commits = await repository.commits();
      const landed = commits.filter(({ author }) => author === "Talos").map(({ id }) => id);
      const told = delivered
        .filter(({ source }) => source?.endsWith(`/${repository.name}`))
        .map(({ commit }) => commit);
      expect(told).toEqual(landed.toReversed());
      const messages = commits.map(({ message }) => message);
      expect(new Set(messages).size).toBe(messages.length);
    }
    expect(delivered.length).toBeGreaterThanOrEqual(Math.min(setup.repositories, setup.kills * setup.releasesPerKill));
  });
});
