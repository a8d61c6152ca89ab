import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { toRedisOptions } from "../../src/store/connect-redis.ts";
import { redisScripts } from "../../src/store/redis-scripts.ts";
import { openRedisStore } from "../../src/store/redis-store.ts";
import { describeWith } from "../parties/describe-with.ts";
import { redisServer } from "../parties/redis-server.ts";
import { readEndpoint } from "./open-redis.ts";
import { storeProcess } from "./store-process.ts";

const failure = (reason: string, retryable = true) => ({
  code: "store-unreachable",
  retryable,
  message: expect.stringMatching(`^Redis at 127\\.0\\.0\\.1:\\d+ cannot be used: .*${reason}.*\\.$`),
});

async function openFailure(endpoint: string): Promise<unknown> {
  return openRedisStore({ endpoint: readEndpoint(endpoint) }).then(
    () => "opened",
    (error: unknown) => error,
  );
}

describeWith(["redis-server"], "When Redis", () => {
  test("goes away, calls wait for it, and each change is made once; both are told once.", async () => {
    await using server = await redisServer({ persistent: true });
    const told: string[] = [];
    const store = await openRedisStore({
      endpoint: readEndpoint(server.endpoint),
      onGone: (text) => told.push(text),
      onBack: () => told.push("back"),
    });
    await store.collection("queue").put("a", 1);
    const lease = await store.takeLease("deliver");
    await server.stop();
    await expect.poll(() => told, { timeout: 5000 }).toHaveLength(1);
    const waiting = Promise.all([
      store.write([{ kind: "put", collection: "queue", key: "a", value: 2, expectedVersion: 1 }], lease),
      ...[1, 2, 3].map((value) => store.write([{ kind: "append", log: "events", value, atMs: 1 }])),
    ]);
    const read = store.collection("queue").get("a");
    await server.start();
    expect(await waiting).toEqual(["written", "written", "written", "written"]);
    expect((await read)?.value).toBeGreaterThan(0);
    expect(await store.log("events").read(0, 9)).toHaveLength(3);
    expect(told).toEqual([expect.stringMatching(/^Redis at 127\.0\.0\.1:\d+ cannot be used: /), "back"]);
    await store.close();
  });

  test("cuts connections while writes are on their way, each is made once.", async () => {
    await using server = await redisServer();
    const endpoint = readEndpoint(server.endpoint);
    const told: string[] = [];
    const store = await openRedisStore({ endpoint, onGone: () => told.push("gone"), onBack: () => told.push("back") });
    const killer = new Redis(toRedisOptions(endpoint));
    const values = Array.from({ length: 2000 }, (_, index) => index);
    const writing = Promise.all(
      values.map((value) => store.write([{ kind: "append", log: "events", value, atMs: 1 }])),
    );
    for (let round = 0; round < 5; round += 1) {
      await killer.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
      await expect
        .poll(() => told.filter((each) => each === "back").length, { interval: 1, timeout: 5000 })
        .toBe(round + 1);
    }
    await writing;
    const logged = (await store.log("events").read(0, 9999)).map(({ value }) => Number(value));
    expect(logged.sort((a, b) => a - b)).toEqual(values);
    killer.disconnect();
    await store.close();
  });

  test("stays away, calls fail with its address and without the password, and closing is done at once.", async () => {
    await using server = await redisServer({ password: "hunter2" });
    const store = await openRedisStore({ endpoint: readEndpoint(server.endpoint), patienceMs: 300 });
    const ended = store.log("events").follow(0, new AbortController().signal)[Symbol.asyncIterator]().next();
    await server.stop();
    const read = () =>
      store
        .collection("queue")
        .get("a")
        .catch((reason: unknown) => reason);
    await expect.poll(read, { timeout: 10_000 }).toMatchObject(failure("nothing listens there"));
    const error = await read();
    await store.cache("tags").put("a", 1, 60);
    const closed = read();
    await store.close();
    expect(await closed).toMatchObject(failure("the store was closed"));
    expect(await ended).toMatchObject({ done: true });
    await expect(store.write([])).rejects.toMatchObject(failure("the store was closed"));
    expect(JSON.stringify([error, String(error)])).not.toContain("hunter2");
  });

  test("falls silent, calls fail in time, and go on when it speaks again.", async () => {
    await using server = await redisServer();
    const endpoint = readEndpoint(server.endpoint);
    const store = await openRedisStore({ endpoint, patienceMs: 200 });
    const pausing = new Redis(toRedisOptions(endpoint));
    await pausing.call("CLIENT", "PAUSE", "1000", "ALL");
    await expect(store.write([])).rejects.toMatchObject(failure("it does not answer"));
    await expect.poll(() => store.write([]).catch(() => "silent"), { timeout: 5000 }).toBe("written");
    pausing.disconnect();
    await store.close();
  });

  test("comes back empty, who follows a log sees what is written from then on.", async () => {
    await using server = await redisServer();
    const store = await openRedisStore({ endpoint: readEndpoint(server.endpoint) });
    const append = (value: string) => store.write([{ kind: "append", log: "events", value, atMs: 1 }]);
    for (const value of ["one", "two", "three"]) await append(value);
    const ending = new AbortController();
    const seen: unknown[] = [];
    const following = (async () => {
      for await (const { value } of store.log("events").follow(1, ending.signal)) seen.push(value);
    })();
    await expect.poll(() => seen).toEqual(["two", "three"]);
    await server.stop();
    await server.start();
    await append("anew");
    await expect.poll(() => seen, { timeout: 10_000 }).toEqual(["two", "three", "anew"]);
    ending.abort();
    await following;
    await store.close();
  });

  test("stays away for longer than a lease lives, its holder is told.", async () => {
    await using server = await redisServer();
    const store = await openRedisStore({ endpoint: readEndpoint(server.endpoint), leaseTtlMs: 400 });
    const lease = await store.takeLease("deliver");
    await server.stop();
    await expect.poll(() => lease?.signal.reason, { timeout: 5000 }).toMatchObject({ code: "lease-lost" });
    await store.close();
  });

  test("is sent a write again, it makes it once.", async () => {
    await using server = await redisServer();
    const client = new Redis({ ...toRedisOptions(readEndpoint(server.endpoint)), scripts: { ...redisScripts } });
    const sameWrite = ["talos:", "one-id", "", "", "append", "events", "", "1", "1000", ""];
    expect(await client.talosWrite(...sameWrite)).toBe("written");
    expect(await client.talosWrite(...sameWrite)).toBe("written");
    expect(await client.xlen("talos:log:events")).toBe(1);
    expect(await client.talosTakeLease("talos:", "deliver", "token", 5000)).toBe(1);
    expect(await client.talosTakeLease("talos:", "deliver", "token", 5000)).toBe(1);
    client.disconnect();
  });

  test("has the lease of a killed process, it ends with its life.", async () => {
    await using server = await redisServer();
    const store = await openRedisStore({ endpoint: readEndpoint(server.endpoint) });
    await using holder = storeProcess(`
      const store = await openRedisStore({ endpoint: readEndpoint("${server.endpoint}"), leaseTtlMs: 1000 });
      const lease = await store.takeLease("deliver");
      console.log(lease.fence);
      setInterval(() => {}, 1000);`);
    expect(await holder.line()).toBe("1");
    expect(await store.takeLease("deliver")).toBeUndefined();
    await holder.kill();
    await expect.poll(async () => (await store.takeLease("deliver"))?.fence, { timeout: 5000 }).toBe(2);
    await store.close();
  });

  test("is not there, opening says so.", async () => {
    const server = await redisServer();
    await server[Symbol.asyncDispose]();
    expect(await openFailure(server.endpoint)).toMatchObject(failure("nothing listens there"));
    expect(await openFailure("no-such-host.invalid:6379")).toMatchObject({ code: "store-unreachable" });
  });

  test("wants another password, opening says so and shows none.", async () => {
    await using server = await redisServer({ password: "right" });
    const wrong = await openFailure(`127.0.0.1:${server.port},password=hunter2`);
    expect(wrong).toMatchObject(failure("the user name or password is wrong", false));
    expect(JSON.stringify([wrong, String(wrong)])).not.toContain("hunter2");
    expect(await openFailure(`127.0.0.1:${server.port}`)).toMatchObject(failure("it wants a password", false));
    expect(await openFailure(`${server.endpoint},defaultDatabase=99`)).toMatchObject(failure("out of range", false));
  });

  test("may drop keys, opening tells.", async () => {
    await using server = await redisServer({ arguments: ["--maxmemory-policy", "allkeys-lru"] });
    const notices: string[] = [];
    const endpoint = readEndpoint(server.endpoint);
    await (await openRedisStore({ endpoint, onNotice: (text) => notices.push(text) })).close();
    expect(notices).toEqual([expect.stringContaining("allkeys-lru")]);
  });
});

describeWith(["redis-server", "openssl"], "When Redis", () => {
  test("speaks TLS, its certificate must be trusted.", async () => {
    await using server = await redisServer({ tls: true, password: "right" });
    expect(await openFailure(server.endpoint)).toMatchObject(failure("its certificate is not trusted", false));
    expect(await openFailure(`127.0.0.1:${server.port},password=right`)).toMatchObject(
      failure("it does not answer as Redis does"),
    );
    const trusting = storeProcess(
      `const store = await openRedisStore({ endpoint: readEndpoint("${server.endpoint}") });
       console.log(await store.write([]));
       await store.close();`,
      { NODE_EXTRA_CA_CERTS: server.caFile },
    );
    expect(await trusting.line()).toBe("written");
    expect(await trusting.exitCode).toBe(0);
  });
});
