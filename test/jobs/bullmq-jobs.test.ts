import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBullMqJobs } from "../../src/jobs/bullmq-jobs.ts";
import type { JobsErrorListener } from "../../src/jobs/jobs.ts";
import { countingJob, describeJobsContract, gatedJob, until } from "../../src/jobs/jobs-contract.ts";
import { TalosError } from "../../src/talos-error.ts";
import { describeWith } from "../parties/describe-with.ts";
import { type RedisServer, redisServer } from "../parties/redis-server.ts";

describeWith(["redis-server"], "With Redis", () => {
  let redis: RedisServer;
  let places = 0;
  beforeAll(async () => {
    redis = await redisServer();
  });
  afterAll(() => redis[Symbol.asyncDispose]());

  const open = (prefix: string, onError: JobsErrorListener = () => {}, concurrency = 4) =>
    createBullMqJobs({ connection: { port: redis.port }, prefix, concurrency, now: Date.now, onError });
  const newPrefix = () => `place-${places++}`;

  describeJobsContract("Shared by BullMQ", async () => {
    const prefix = newPrefix();
    return {
      open: ({ onError, concurrency }) => open(prefix, onError, concurrency),
      [Symbol.asyncDispose]: async () => {},
    };
  });

  test("Who begins while others are at work repeats nothing; who begins alone runs every job.", async () => {
    const prefix = newPrefix();
    const work = countingJob("scan", () => Date.now() + 3_600_000);
    const first = await open(prefix);
    await first.start([work.job]);
    await until(async () => expect(await first.next("scan")).toBeGreaterThan(Date.now()));
    await using second = await open(prefix);
    await second.start([work.job]);
    expect(await second.next("scan")).toBeGreaterThan(Date.now());
    expect(work.runs()).toBe(1);
    await first[Symbol.asyncDispose]();
    await second[Symbol.asyncDispose]();
    await using third = await open(prefix);
    await third.start([work.job]);
    await until(() => expect(work.runs()).toBe(2));
  });

  test("Two processes never run one job at once, and neither loses a request of the other.", async () => {
    const prefix = newPrefix();
    await using first = await open(prefix);
    await using second = await open(prefix);
    const work = gatedJob("scan");
    await first.start([work.job]);
    await second.start([work.job]);
    await until(() => expect(work.running()).toBe(1));
    await Promise.all([first.request("scan"), second.request("scan")]);
    work.open();
    await until(() => expect(work.begun()).toBe(2));
    await until(async () => expect(await first.next("scan")).toBeUndefined());
    for (let requests = 3; requests <= 30; requests += 1) {
      await (requests % 2 === 0 ? first : second).request("scan");
      await until(() => expect(work.begun()).toBeGreaterThanOrEqual(requests));
      await until(async () => expect(await first.next("scan")).toBeUndefined());
    }
    expect([work.begun(), work.mostAtOnce()]).toEqual([30, 1]);
  });

  test("What a request finds just after a run is never left undone.", async () => {
    const prefix = newPrefix();
    await using first = await open(prefix);
    await using second = await open(prefix);
    let wanted = 0;
    let seen = 0;
    const run = async () => {
      seen = wanted;
      return { nextMs: undefined };
    };
    await first.start([{ id: "scan", run }]);
    await second.start([{ id: "scan", run }]);
    for (let round = 0; round < 200; round += 1) {
      wanted += 1;
      await (round % 2 === 0 ? first : second).request("scan");
    }
    await until(() => expect(seen).toBe(200));
  });

  test("A run whose lock is gone is aborted and told of.", async () => {
    const prefix = newPrefix();
    const errors: [unknown, string | undefined][] = [];
    await using jobs = await open(prefix, (error, id) => errors.push([error, id]));
    const work = gatedJob("scan");
    await jobs.start([work.job]);
    await until(() => expect(work.running()).toBe(1));
    const client = new Redis({ port: redis.port });
    await client.del(`${prefix}:jobs:job-scan:lock`);
    client.disconnect();
    await until(() => expect(work.aborted()).toBe(true));
    expect(errors).toMatchObject([[{ code: "store-unreachable" }, "scan"]]);
    work.open();
  });

  test("A job that no process knows any more is removed.", async () => {
    const prefix = newPrefix();
    await using queue = await openQueue(redis, prefix);
    const opts = { jobId: "job-gone", removeOnComplete: true };
    await queue.add("gone", { failures: 0, strays: 10 }, opts);
    await queue.add("elsewhere", { failures: 0, strays: 0 }, { ...opts, jobId: "job-elsewhere" });
    await using jobs = await open(prefix);
    await jobs.start([]);
    await until(async () => expect(await queue.getJobState("job-gone")).toBe("unknown"));
    await until(async () => expect(await queue.getJobState("job-elsewhere")).toBe("delayed"));
  });

  test("A thousand runs leave no more in Redis than a hundred.", async () => {
    const prefix = newPrefix();
    await using jobs = await open(prefix);
    const work = Array.from({ length: 5 }, (_, index) => countingJob(`job ${index}`, () => Date.now()));
    await jobs.start(work.map(({ job }) => job));
    const runs = () => work.reduce((sum, one) => sum + one.runs(), 0);
    await until(() => expect(runs()).toBeGreaterThan(100));
    const client = new Redis({ port: redis.port });
    const keys = async () => (await client.keys(`${prefix}:*`)).filter((key) => !key.endsWith(":lock")).length;
    const before = await keys();
    await until(() => expect(runs()).toBeGreaterThan(1000));
    expect(await keys()).toBeLessThanOrEqual(before + 2);
    await until(async () => expect(await client.xlen(`${prefix}:jobs:events`)).toBeLessThan(1500));
    client.disconnect();
  });

  test("While Redis is away jobs wait, which is told once; then they go on.", async () => {
    await using own = await redisServer({ persistent: true });
    const errors: unknown[] = [];
    await using jobs = await createBullMqJobs({
      connection: { port: own.port, retryStrategy: () => 50 },
      prefix: "talos",
      now: Date.now,
      onError: (error) => errors.push(error),
    });
    const work = countingJob("scan", () => Date.now() + 20);
    await jobs.start([work.job]);
    await until(() => expect(work.runs()).toBeGreaterThan(2));
    await own.stop();
    await until(() => expect(errors).toHaveLength(1));
    expect(errors[0]).toBeInstanceOf(TalosError);
    expect(errors[0]).toMatchObject({ code: "store-unreachable", retryable: true });
    await expect(jobs.request("scan")).rejects.toMatchObject({ code: "store-unreachable" });
    await own.start();
    const before = work.runs();
    await until(() => expect(work.runs()).toBeGreaterThan(before + 2));
    expect(errors).toHaveLength(1);
  });

  test("A start waits for Redis, until disposal.", async () => {
    await using own = await redisServer();
    await own.stop();
    const errors: unknown[] = [];
    const jobs = await createBullMqJobs({
      connection: { port: own.port },
      prefix: "talos",
      now: Date.now,
      onError: (error) => errors.push(error),
    });
    const failure = expect(jobs.start([countingJob("scan").job])).rejects.toMatchObject({ code: "store-unreachable" });
    await until(() => expect(errors).toHaveLength(1));
    await jobs[Symbol.asyncDispose]();
    await failure;
  });

  test("Disposal ends while Redis is away.", async () => {
    await using own = await redisServer({ persistent: true });
    const jobs = await createBullMqJobs({
      connection: { port: own.port },
      prefix: "talos",
      now: Date.now,
      onError: () => {},
    });
    const work = gatedJob("scan");
    await jobs.start([work.job]);
    await until(() => expect(work.running()).toBe(1));
    await own.stop();
    const disposal = jobs[Symbol.asyncDispose]();
    await until(() => expect(work.aborted()).toBe(true));
    work.open();
    await disposal;
    expect(work.running()).toBe(0);
  });
});

async function openQueue(redis: RedisServer, prefix: string) {
  const { Queue } = await import("bullmq");
  const queue = new Queue("jobs", { connection: { port: redis.port }, prefix });
  return Object.assign(queue, { [Symbol.asyncDispose]: () => queue.close() });
}
