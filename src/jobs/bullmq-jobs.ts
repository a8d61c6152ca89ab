// Jobs shared by all processes on one Redis, through BullMQ. A job is one BullMQ job that never completes: after each run
// it is delayed until the next. While it runs it is locked; a process that dies stops renewing the lock, and within 15
// seconds another one repeats the run. A run whose lock may be lost is aborted, as nobody else keeps it from overlapping.
// While Redis is away nothing begins; it may come back empty, so what is missing is added again from time to time.

import type * as BullMq from "bullmq";
import type { Job as BullMqJob, Queue, Worker } from "bullmq";
import type { Redis, RedisOptions } from "ioredis";
import type { TalosError } from "../talos-error.ts";
import { isFirstAtWork, nameWorker } from "./first-at-work.ts";
import { JobRunner } from "./job-runner.ts";
import type { Job, Jobs, JobsErrorListener } from "./jobs.ts";
import { isOutage, outageError, watchOutages } from "./outage.ts";
import { type KeptJob, SharedQueue } from "./shared-queue.ts";

export interface BullMqJobsOptions {
  readonly connection: RedisOptions;
  /** Stands before all keys. */
  readonly prefix: string;
  /** How many runs there may be at once in this process; default 4. */
  readonly concurrency?: number;
  readonly now: () => number;
  /** An outage of Redis is told once, as `store-unreachable` without a job. */
  readonly onError: JobsErrorListener;
  /** From 0 to below 1; spreads the waits after errors. */
  readonly random?: () => number;
}

/** The lock outlasts three renewals that fail; from a death to the take-over it is this and two looks for stalled jobs. */
const lockMs = 9000;
const renewMs = 2000;
const stalledMs = 3000;
const sweepMs = 10_000;
/** How long a clean end may take when all runs have ended. */
const closingMs = 2000;
/** How long one and the same error is told once. */
const repeatMs = 60_000;
const queueName = "jobs";

/** Loads the packages; does not wait for Redis. */
export async function createBullMqJobs(options: BullMqJobsOptions): Promise<Jobs> {
  const [bullMq, ioredis] = await Promise.all([import("bullmq"), import("ioredis")]);
  // Commands wait for as long as Redis is away, as BullMQ needs it.
  const client = new ioredis.Redis({ ...options.connection, maxRetriesPerRequest: null, replyMapping: "legacy" });
  return new BullMqJobs({ concurrency: 4, random: Math.random, ...options }, client, bullMq);
}

class BullMqJobs implements Jobs {
  readonly #options: Required<BullMqJobsOptions>;
  readonly #client: Redis;
  readonly #bullMq: typeof BullMq;
  readonly #queue: Queue<KeptJob>;
  readonly #shared: SharedQueue;
  readonly #runner: JobRunner;
  readonly #sweep: NodeJS.Timeout;
  readonly #waiting = new Set<(error: TalosError) => void>();
  #worker: Worker<KeptJob> | undefined;
  #workerName: string | undefined;
  #disposal: Promise<void> | undefined;
  #lastReport = { text: "", atMs: 0 };

  constructor(options: Required<BullMqJobsOptions>, client: Redis, bullMq: typeof BullMq) {
    this.#options = options;
    this.#client = client;
    this.#bullMq = bullMq;
    const streams = { events: { maxLen: 1000 } };
    this.#queue = new bullMq.Queue(queueName, { connection: client, prefix: options.prefix, streams });
    this.#queue.on("error", this.#report);
    this.#shared = new SharedQueue(this.#queue, client);
    watchOutages(client, (error) => this.#options.onError(error, undefined));
    client.on("ready", () => this.#inBackground(this.#resume()));
    this.#runner = new JobRunner({
      shared: this.#shared,
      now: options.now,
      random: options.random,
      onError: (error, id) => (id === undefined ? this.#report(error) : options.onError(error, id)),
      lockMs,
      renewMs,
      renew: async (ids, tokens) => (await this.#worker?.extendJobLocks([...ids], [...tokens], lockMs)) ?? [],
    });
    this.#sweep = setInterval(() => this.#inBackground(this.#mend()), sweepMs);
  }

  start(jobs: readonly Job[]): Promise<void> {
    return this.#untilDisposed(this.#start(jobs));
  }

  async request(id: string): Promise<void> {
    if (!this.#runner.has(id) || this.#disposal !== undefined) return;
    this.#checkReachable();
    await this.#untilDisposed(this.#shared.request([id]));
  }

  async next(id: string): Promise<number | "running" | undefined> {
    if (!this.#runner.has(id)) return undefined;
    this.#checkReachable();
    return this.#untilDisposed(this.#shared.next(id, this.#options.now()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#dispose();
    return this.#disposal;
  }

  async #start(jobs: readonly Job[]): Promise<void> {
    this.#runner.configure(jobs);
    this.#workerName ??= await nameWorker(this.#client, this.#options.prefix);
    const isFirst = await isFirstAtWork(this.#client, this.#options.prefix, this.#workerName);
    const { ids } = this.#runner;
    await this.#shared.addMissing(ids, 0);
    if (isFirst) {
      await this.#shared.dropOthers(ids);
      await this.#shared.request(ids);
    }
    if (this.#disposal === undefined) this.#worker ??= this.#createWorker();
  }

  async #dispose(): Promise<void> {
    clearInterval(this.#sweep);
    await this.#worker?.pause(true);
    await this.#runner.stop();
    // What waits for Redis while that is away would wait for ever.
    const closed = this.#worker?.close(this.#client.status !== "ready").catch(this.#report);
    await settledWithin(closed, closingMs);
    this.#runner.close();
    this.#client.disconnect();
    const closedError = outageError(this.#client, new Error("the connection is closed"));
    for (const reject of this.#waiting) reject(closedError);
    await settledWithin(this.#queue.close().catch(this.#report), closingMs);
  }

  /** What waits for Redis when that is away and the connection is given up gets no answer ever. */
  #untilDisposed<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#waiting.add(reject);
    answer.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    return promise;
  }

  #createWorker(): Worker<KeptJob> {
    const { DelayedError, Worker } = this.#bullMq;
    const process = async (kept: BullMqJob<KeptJob>, token?: string) => {
      // BullMQ takes a job that ends without this error as completed, and removes it.
      if ((await this.#runner.process(kept, token ?? "")) === "delayed") throw new DelayedError();
    };
    const worker = new Worker<KeptJob>(queueName, process, {
      connection: this.#client,
      prefix: this.#options.prefix,
      concurrency: this.#options.concurrency,
      lockDuration: lockMs,
      // JobRunner does it, which knows until when a lock holds for certain.
      skipLockRenewal: true,
      stalledInterval: stalledMs,
      // Each death of a process counts; none may end a job.
      maxStalledCount: 1e9,
      runRetryDelay: 1000,
    });
    worker.on("error", this.#report);
    worker.on("failed", () => this.#inBackground(this.#mend()));
    return worker;
  }

  /** A new connection has no name. */
  async #resume(): Promise<void> {
    if (this.#workerName === undefined) return;
    await this.#client.client("SETNAME", this.#workerName);
    await this.#mend();
  }

  /** Jobs that have vanished come back late enough for whoever ran them to have noticed that the lock is gone. */
  async #mend(): Promise<void> {
    if (this.#worker === undefined || this.#client.status !== "ready") return;
    const { ids } = this.#runner;
    await this.#shared.addMissing(ids, lockMs);
    await this.#shared.promoteRequested(ids);
  }

  #inBackground(work: Promise<void>): void {
    work.catch(this.#report);
  }

  #checkReachable(): void {
    const { status } = this.#client;
    if (status !== "ready") throw outageError(this.#client, new Error(`the connection is ${status}`));
  }

  /** BullMQ repeats what fails, and its error with it; outages are told elsewhere. */
  readonly #report = (error: unknown): void => {
    const text = String(error);
    const isRepeated = text === this.#lastReport.text && performance.now() < this.#lastReport.atMs + repeatMs;
    if (this.#client.status !== "ready" || isOutage(error) || isRepeated) return;
    this.#lastReport = { text, atMs: performance.now() };
    this.#options.onError(error, undefined);
  };
}

async function settledWithin(promise: Promise<unknown> | undefined, milliseconds: number): Promise<void> {
  const enough = Promise.withResolvers<void>();
  const timeout = setTimeout(enough.resolve, milliseconds);
  await Promise.race([promise, enough.promise]);
  clearTimeout(timeout);
}
