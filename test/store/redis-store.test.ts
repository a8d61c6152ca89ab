import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { toRedisOptions } from "../../src/store/connect-redis.ts";
import { openRedisStore } from "../../src/store/redis-store.ts";
import { describeStoreContract } from "../../src/store/store-contract.ts";
import { describeWith } from "../parties/describe-with.ts";
import { type RedisServer, redisServer } from "../parties/redis-server.ts";
import { readEndpoint } from "./open-redis.ts";

describeWith(["redis-server"], "On a real Redis,", () => {
  let server: RedisServer;
  let client: Redis;
  beforeAll(async () => {
    server = await redisServer();
    client = new Redis(toRedisOptions(readEndpoint(server.endpoint)));
  });
  afterAll(async () => {
    client?.disconnect();
    await server?.[Symbol.asyncDispose]();
  });
  afterEach(() => client.flushall());

  describeStoreContract("Redis", async () => ({
    store: await openRedisStore({ endpoint: readEndpoint(server.endpoint) }),
    // The server's clock cannot be set, but what is left of every life can.
    passSeconds: async (seconds) => {
      for (const key of await client.keys("talos:cache:*"))
        await client.pexpire(key, (await client.pttl(key)) - seconds * 1000);
    },
  }));

  const open = () => openRedisStore({ endpoint: readEndpoint(server.endpoint) });

  test("every key has the prefix, and what may be forgotten has an expiry.", async () => {
    const store = await openRedisStore({ endpoint: readEndpoint(server.endpoint), prefix: "mine:" });
    await store.cache("tags").put("a", 1, 60);
    await store.takeLease("deliver");
    await store.write([
      { kind: "put", collection: "queue", key: "a", value: 1 },
      { kind: "append", log: "events", value: 1, atMs: 1 },
      { kind: "count", window: "pulls", id: "a", atMs: 1, count: 1, keepSeconds: 60 },
    ]);
    const keys = await client.keys("*");
    expect(keys.filter((key) => !key.startsWith("mine:"))).toEqual([]);
    const lasting = await Promise.all(keys.map(async (key) => ((await client.pttl(key)) < 0 ? [key] : [])));
    expect(lasting.flat().sort((a, b) => a.localeCompare(b))).toEqual([
      "mine:documents:queue",
      "mine:fences",
      "mine:keys:queue",
      "mine:log-ends",
      "mine:log:events",
    ]);
    await store.close();
    expect(await client.exists("mine:lease:deliver")).toBe(0);
  });

  test("nothing is left of a document that was deleted but a number per collection.", async () => {
    const store = await open();
    for (let index = 0; index < 50; index += 1) await store.collection("queue").put(`${index}`, index);
    for (let index = 0; index < 50; index += 1) await store.collection("queue").delete(`${index}`);
    expect((await client.keys("talos:*")).filter((key) => !key.startsWith("talos:written:"))).toEqual([
      "talos:deleted-versions",
    ]);
    await store.close();
  });

  test("a log of thousands of entries is trimmed to those that are young.", async () => {
    const store = await open();
    const changes = Array.from(
      { length: 3000 },
      (_, index) => ({ kind: "append", log: "events", value: index, atMs: index }) as const,
    );
    await store.write(changes);
    await store.log("events").trim(2990);
    expect((await store.log("events").read(0, 99)).map(({ value }) => value)).toEqual([
      2990, 2991, 2992, 2993, 2994, 2995, 2996, 2997, 2998, 2999,
    ]);
    await store.close();
  });

  test("two stores share one Redis: versions, leases and a follower's entries.", async () => {
    const [one, other] = [await open(), await open()];
    await one.collection("queue").put("a", 1, 0);
    expect(await other.collection("queue").put("a", 2, 0)).toBe(false);
    await using _lease = await one.takeLease("deliver");
    expect(await other.takeLease("deliver")).toBeUndefined();
    const next = one.log("events").follow(0, new AbortController().signal)[Symbol.asyncIterator]().next();
    await other.write([{ kind: "append", log: "events", value: "from the other", atMs: 1 }]);
    expect((await next).value).toEqual({ position: 1, atMs: 1, value: "from the other" });
    await Promise.all([one.close(), other.close()]);
  });

  test("a lease is renewed, and lost when its key is taken away.", async () => {
    const store = await openRedisStore({ endpoint: readEndpoint(server.endpoint), leaseTtlMs: 1500 });
    const lease = await store.takeLease("deliver");
    // Four renewals are more than one life.
    for (let renewal = 0; renewal < 4; renewal += 1) {
      await client.pexpire("talos:lease:deliver", 1000);
      await expect.poll(() => client.pttl("talos:lease:deliver"), { timeout: 5000 }).toBeGreaterThan(1000);
    }
    expect(lease?.signal.aborted).toBe(false);
    await client.del("talos:lease:deliver");
    expect(await store.write([], lease)).toBe("lease-lost");
    await expect.poll(() => lease?.signal.aborted, { timeout: 5000 }).toBe(true);
    await store.close();
  });
});
