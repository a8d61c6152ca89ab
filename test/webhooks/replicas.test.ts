import { expect, test } from "vitest";
import { createBullMqJobs } from "../../src/jobs/bullmq-jobs.ts";
import { until } from "../../src/jobs/jobs-contract.ts";
import { openRedisStore } from "../../src/store/redis-store.ts";
import { openWebhooks, webhooksJob } from "../../src/webhooks/open-webhooks.ts";
import { gitLabPush } from "../fixtures/webhook-payloads.ts";
import { describeWith } from "../parties/describe-with.ts";
import { type RedisServer, redisServer } from "../parties/redis-server.ts";
import { readEndpoint } from "../store/open-redis.ts";

let ids = 0;

/** One Talos of several: takes webhooks and does its share of the jobs. `handled` is of all of them. */
async function openReplica(redis: RedisServer, handled: string[]) {
  await using parts = new AsyncDisposableStack();
  const store = parts.adopt(await openRedisStore({ endpoint: readEndpoint(redis.endpoint) }), (open) => open.close());
  const jobs = parts.use(
    await createBullMqJobs({
      connection: { port: redis.port },
      prefix: "talos",
      concurrency: 4,
      now: Date.now,
      onError: () => undefined,
    }),
  );
  const webhooks = openWebhooks({
    store,
    now: Date.now,
    newId: () => `${++ids}`,
    log: { warn: () => undefined },
    requestJob: () => jobs.request(webhooksJob),
    handle: async (event) => {
      if (event.kind === "push") handled.push(event.branch);
    },
  });
  await jobs.start([webhooks.job]);
  const open = parts.move();
  return {
    receive: (branch: string) =>
      webhooks.receive({
        integration: "gitlab",
        token: "hook",
        headers: { "idempotency-key": branch },
        body: Buffer.from(JSON.stringify({ ...gitLabPush, ref: `refs/heads/${branch}` })),
      }),
    waiting: () => store.collection("webhook").list(""),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

describeWith(["redis-server"], "Several Talos on one Redis", () => {
  test("handle each delivery once, whoever gets it, twice at the same time and while one of them ends.", async () => {
    await using redis = await redisServer();
    const handled: string[] = [];
    await using first = await openReplica(redis, handled);
    const second = await openReplica(redis, handled);
    const branches = Array.from({ length: 60 }, (_, index) => `b${index}`);
    const send = (branch: string) =>
      Promise.all([first.receive(branch), second.receive(branch), first.receive(branch)]);
    const taken = await Promise.all(branches.slice(0, 30).map(send));
    await second[Symbol.asyncDispose]();
    const others = await Promise.all(
      branches.slice(30).map((branch) => Promise.all([first.receive(branch), first.receive(branch)])),
    );
    await until(async () => expect(await first.waiting()).toEqual([]));
    for (const answers of [...taken, ...others])
      expect(answers.filter(({ kind }) => kind === "stored")).toHaveLength(1);
    expect(handled.toSorted()).toEqual(branches.toSorted());
  });
});
