// Jobs of one process: timers and a bounded pool, first come, first served. Nothing is remembered: a process that dies
// begins anew with `start`. A job is in one state at a time, so that its runs cannot overlap; a request that comes in a run
// is noted and served after it, behind those that were waiting already.
import { failureWaitMs } from "./failure-wait.ts";
import type { Job, JobResult, Jobs, JobsErrorListener } from "./jobs.ts";
import { type CancelTimer, type SetTimer, setSystemTimer } from "./timer.ts";

export interface InProcessJobsOptions {
  /** How many runs there may be at once; default 4. */
  readonly concurrency?: number;
  readonly now: () => number;
  readonly onError: JobsErrorListener;
  /** From 0 to below 1; spreads the waits after errors. */
  readonly random?: () => number;
  readonly setTimer?: SetTimer;
}

interface Entry {
  job: Job;
  state: "idle" | "queued" | "running";
  /** For `idle`. */
  nextMs: number | undefined;
  cancelTimer: CancelTimer | undefined;
  /** Requested while it was running. */
  again: boolean;
  /** Is no longer wanted, and forgotten once its run has ended. */
  dropped: boolean;
  failures: number;
  controller: AbortController;
}

export function createInProcessJobs(options: InProcessJobsOptions): Jobs {
  return new InProcessJobs(options);
}

class InProcessJobs implements Jobs {
  readonly #options: Required<InProcessJobsOptions>;
  readonly #entries = new Map<string, Entry>();
  readonly #queue: Entry[] = [];
  readonly #runs = new Set<Promise<void>>();
  #disposed = false;

  constructor(options: InProcessJobsOptions) {
    this.#options = { concurrency: 4, random: Math.random, setTimer: setSystemTimer, ...options };
  }

  async start(jobs: readonly Job[]): Promise<void> {
    const wanted = new Set(jobs.map((job) => job.id));
    for (const entry of [...this.#entries.values()].filter((known) => !wanted.has(known.job.id))) this.#drop(entry);
    for (const job of jobs) {
      const known = this.#entries.get(job.id);
      if (known === undefined) this.#entries.set(job.id, newEntry(job));
      else Object.assign(known, { job, dropped: false });
      await this.request(job.id);
    }
  }

  async request(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.dropped || this.#disposed) return;
    if (entry.state === "running") entry.again = true;
    else this.#enqueue(entry);
  }

  async next(id: string): Promise<number | "running" | undefined> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    if (entry.state === "idle") return entry.nextMs;
    return entry.state === "running" ? "running" : this.#options.now();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#queue.length = 0;
    for (const entry of this.#entries.values()) {
      entry.cancelTimer?.();
      entry.controller.abort();
    }
    await Promise.all(this.#runs);
  }

  #drop(entry: Entry): void {
    entry.cancelTimer?.();
    entry.again = false;
    entry.dropped = true;
    entry.controller.abort();
    const place = this.#queue.indexOf(entry);
    if (place >= 0) this.#queue.splice(place, 1);
    if (entry.state !== "running") this.#entries.delete(entry.job.id);
  }

  #enqueue(entry: Entry): void {
    if (entry.state !== "idle" || this.#disposed) return;
    entry.cancelTimer?.();
    entry.cancelTimer = undefined;
    entry.state = "queued";
    this.#queue.push(entry);
    this.#fillPool();
  }

  #fillPool(): void {
    while (!this.#disposed && this.#runs.size < this.#options.concurrency) {
      const entry = this.#queue.shift();
      if (entry === undefined) return;
      entry.state = "running";
      const run: Promise<void> = this.#run(entry).finally(() => {
        this.#runs.delete(run);
        this.#fillPool();
      });
      this.#runs.add(run);
    }
  }

  async #run(entry: Entry): Promise<void> {
    entry.controller = new AbortController();
    const { nextMs } = await this.#tryRun(entry, entry.controller.signal);
    entry.state = "idle";
    entry.nextMs = nextMs;
    if (entry.dropped) this.#entries.delete(entry.job.id);
    if (entry.dropped || this.#disposed) return;
    if (entry.again) {
      entry.again = false;
      this.#enqueue(entry);
    } else if (nextMs !== undefined) {
      entry.cancelTimer = this.#options.setTimer(() => this.#enqueue(entry), nextMs - this.#options.now());
    }
  }

  async #tryRun(entry: Entry, signal: AbortSignal): Promise<JobResult> {
    try {
      const result = await entry.job.run(signal);
      entry.failures = 0;
      return result;
    } catch (error) {
      if (!signal.aborted) this.#options.onError(error, entry.job.id);
      entry.failures += 1;
      return { nextMs: this.#options.now() + failureWaitMs(entry.failures, this.#options.random()) };
    }
  }
}

function newEntry(job: Job): Entry {
  return {
    job,
    state: "idle",
    nextMs: undefined,
    cancelTimer: undefined,
    again: false,
    dropped: false,
    failures: 0,
    controller: new AbortController(),
  };
}
