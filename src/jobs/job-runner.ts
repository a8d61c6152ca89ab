// The runs of one process of the jobs that BullMQ hands it. When one is over the job is put back, delayed until its next
// time, by whoever holds its lock; a run that has lost the lock leaves the job as it is, for another to repeat.
import type { Job as BullMqJob } from "bullmq";
import { TalosError } from "../talos-error.ts";
import { failureWaitMs } from "./failure-wait.ts";
import { type HeldRun, HeldRuns, type HeldRunsOptions } from "./held-runs.ts";
import type { Job, JobResult, JobsErrorListener } from "./jobs.ts";
import { bullMqId, delayedUntil, isRefusal, jobId, type KeptJob, type SharedQueue } from "./shared-queue.ts";

export interface JobRunnerOptions extends Omit<HeldRunsOptions, "onLost"> {
  readonly shared: SharedQueue;
  readonly now: () => number;
  readonly random: () => number;
  readonly onError: JobsErrorListener;
}

/** A job that a process does not know waits for one that does, until so many have looked at it. */
const strayMs = 3000;
const mostStrays = 10;
/** How long a job waits for its own former run, which has lost the lock and not ended yet. */
const formerRunMs = 1000;

export class JobRunner {
  readonly #options: JobRunnerOptions;
  readonly #runs: HeldRuns;
  readonly #ending = new Set<Promise<unknown>>();
  #jobs: ReadonlyMap<string, Job> = new Map();
  #stopped = false;

  constructor(options: JobRunnerOptions) {
    this.#options = options;
    this.#runs = new HeldRuns({ ...options, onLost: (id) => options.onError(lockLost(jobId(id)), jobId(id)) });
  }

  get ids(): readonly string[] {
    return [...this.#jobs.keys()];
  }

  has(id: string): boolean {
    return this.#jobs.has(id);
  }

  /** Runs of jobs that are no longer among them are aborted. */
  configure(jobs: readonly Job[]): void {
    const former = this.ids;
    this.#jobs = new Map(jobs.map((job) => [job.id, job]));
    this.#runs.abort(former.filter((id) => !this.has(id)).map(bullMqId));
  }

  /** `unknown`: the job is to be removed; otherwise it has been dealt with. */
  async process(kept: BullMqJob<KeptJob>, token: string): Promise<"delayed" | "unknown"> {
    const job = this.#jobs.get(kept.name);
    if (job === undefined && kept.data.strays >= mostStrays) {
      await this.#options.shared.forget(kept.name);
      return "unknown";
    }
    try {
      if (job !== undefined) await this.#runAndDelay(job, kept, token);
      else await leaveToOthers(kept, token);
    } catch (error) {
      if (!isRefusal(error)) this.#options.onError(error, undefined);
    }
    return "delayed";
  }

  /** Aborts the runs and waits until they have ended; nothing runs from now on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#runs.abort();
    await Promise.all(this.#ending);
  }

  /** After `stop`, when what has run has been put back: no lock is renewed any more. */
  close(): void {
    this.#runs.close();
  }

  async #runAndDelay(job: Job, kept: BullMqJob<KeptJob>, token: string): Promise<void> {
    const id = bullMqId(job.id);
    if (this.#runs.has(id)) return kept.moveToDelayed(Date.now() + formerRunMs, token);
    const run = this.#runs.begin(id, token, Math.max(0, Date.now() - (kept.processedOn ?? Date.now())));
    try {
      await this.#options.shared.begin(job.id);
      if (this.#stopped) return await kept.moveToDelayed(Date.now(), token);
      if (!run.isHeld()) return;
      const running = this.#run(job, kept.data.failures, run);
      this.#ending.add(running);
      const { nextMs, failures } = await running.finally(() => this.#ending.delete(running));
      if (failures !== kept.data.failures || kept.data.strays > 0) await kept.updateData({ failures, strays: 0 });
      await kept.moveToDelayed(delayedUntil(nextMs), token);
      await this.#options.shared.promoteRequested([job.id]);
    } finally {
      this.#runs.end(id);
    }
  }

  async #run(job: Job, failures: number, { signal }: HeldRun): Promise<JobResult & { readonly failures: number }> {
    const { now, random, onError } = this.#options;
    try {
      const { nextMs } = await job.run(signal);
      return { failures: 0, nextMs };
    } catch (error) {
      // Cut short, it is to be repeated at once, by whoever is there.
      if (signal.aborted) return { failures, nextMs: now() };
      onError(error, job.id);
      return { failures: failures + 1, nextMs: now() + failureWaitMs(failures + 1, random()) };
    }
  }
}

async function leaveToOthers(kept: BullMqJob<KeptJob>, token: string | undefined): Promise<void> {
  await kept.updateData({ ...kept.data, strays: kept.data.strays + 1 });
  await kept.moveToDelayed(Date.now() + strayMs, token);
}

function lockLost(id: string): TalosError {
  return new TalosError("store-unreachable", `The run of ${id} was cut short: its lock in Redis could not be kept`, {
    hint: "It is repeated. Where this comes often, Redis is slow to answer or this machine is overloaded.",
    retryable: true,
  });
}
