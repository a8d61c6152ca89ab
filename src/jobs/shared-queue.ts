// The jobs as they stand in Redis: one BullMQ job for each, which lives as long as the job is configured, and is `delayed`
// until its next run. Who requests a job counts up `requested` and only then tries to promote it; who begins a run copies
// that number to `begun`. So a request that came in a run shows afterwards as a difference, and none is lost.
import type { Queue } from "bullmq";
import type { Redis } from "ioredis";

/** What BullMQ keeps with a job. */
export interface KeptJob {
  /** Errors that have followed one another. */
  readonly failures: number;
  /** How often in a row it was picked by a process that does not know it. */
  readonly strays: number;
}

/** The time of a job that runs only on request: BullMQ knows no job without one. */
const neverMs = Date.UTC(2500, 0, 1);

/** BullMQ's scripts answer so when the job is gone, or is not in the state they need. */
const refusals: readonly unknown[] = [-1, -2, -3, -6];

export class SharedQueue {
  readonly #queue: Queue<KeptJob>;
  readonly #client: Redis;
  readonly #requested: string;
  readonly #begun: string;

  constructor(queue: Queue<KeptJob>, client: Redis) {
    this.#queue = queue;
    this.#client = client;
    this.#requested = queue.toKey("talos-requested");
    this.#begun = queue.toKey("talos-begun");
  }

  async addMissing(ids: readonly string[], delayMs: number): Promise<void> {
    if (ids.length === 0) return;
    const keys = ids.map((id) => this.#queue.toKey(bullMqId(id)));
    if ((await this.#client.exists(...keys)) === keys.length) return;
    const exist = await Promise.all(keys.map((key) => this.#client.exists(key)));
    const missing = ids.filter((_, index) => exist[index] === 0);
    const opts = { delay: delayMs, removeOnComplete: true, removeOnFail: true };
    await this.#queue.addBulk(
      missing.map((id) => ({ name: id, data: { failures: 0, strays: 0 }, opts: { ...opts, jobId: bullMqId(id) } })),
    );
  }

  /** Removes jobs that wait and are not among these. */
  async dropOthers(ids: readonly string[]): Promise<void> {
    const wanted = new Set(ids);
    const others = (await this.#queue.getDelayed()).filter((job) => !wanted.has(job.name));
    for (const job of others) {
      await job.remove();
      await this.forget(job.name);
    }
  }

  async request(ids: readonly string[]): Promise<void> {
    await Promise.all(ids.map((id) => this.#client.hincrby(this.#requested, id, 1)));
    await Promise.all(ids.map((id) => this.#promote(id)));
  }

  /** To be called before each run. */
  async begin(id: string): Promise<void> {
    const requested = await this.#client.hget(this.#requested, id);
    if (requested !== null) await this.#client.hset(this.#begun, id, requested);
  }

  /** Lets those run that were requested after their last run had begun. */
  async promoteRequested(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const requested = await this.#client.hmget(this.#requested, ...ids);
    const begun = await this.#client.hmget(this.#begun, ...ids);
    await Promise.all(ids.filter((_, index) => requested[index] !== begun[index]).map((id) => this.#promote(id)));
  }

  async forget(id: string): Promise<void> {
    await this.#client.hdel(this.#requested, id);
    await this.#client.hdel(this.#begun, id);
  }

  async next(id: string, nowMs: number): Promise<number | "running" | undefined> {
    const state = await this.#queue.getJobState(bullMqId(id));
    if (state === "active") return "running";
    if (state === "unknown") return undefined;
    const score = await this.#client.zscore(this.#queue.toKey("delayed"), bullMqId(id));
    if (score === null) return nowMs;
    const nextMs = Math.floor(Number(score) / 4096);
    return nextMs >= neverMs ? undefined : nextMs;
  }

  async #promote(id: string): Promise<void> {
    const job = await this.#queue.getJob(bullMqId(id));
    try {
      await job?.promote();
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
}

/** For `moveToDelayed`. */
export function delayedUntil(nextMs: number | undefined): number {
  return nextMs ?? neverMs;
}

/** The job is not as BullMQ needs it: removed, waiting already, or its lock is no longer ours. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && refusals.includes(error.code);
}

/** BullMQ takes neither colons nor plain numbers. */
export function bullMqId(id: string): string {
  return `job-${encodeURIComponent(id)}`;
}

export function jobId(bullMqJobId: string): string {
  return decodeURIComponent(bullMqJobId.slice("job-".length));
}
