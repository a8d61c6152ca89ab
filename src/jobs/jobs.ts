/**
 * Work that is done again and again: scans, deliveries, cleaning. A job is idempotent and safe to repeat; runs of one job
 * never overlap, also not across the processes that share a Redis. When a process dies in a run, the run is repeated by
 * another one, or by the next start.
 */
export interface Jobs extends AsyncDisposable {
  /**
   * Begins to run these jobs, each once at first (with Redis: unless another process is already at work). Replaces
   * whatever a former start has left behind.
   */
  start(jobs: readonly Job[]): Promise<void>;
  /** Runs the job as soon as possible, and once more when it is running right now. Unknown ids are ignored. */
  request(id: string): Promise<void>;
  /** When the job will run next; `"running"`; undefined: only on request. */
  next(id: string): Promise<number | "running" | undefined>;
  /** Starts no new runs, aborts `signal` of those under way and waits until they have ended. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface Job {
  /** `scan github.com/me/infra` */
  readonly id: string;
  /** An error that is thrown is reported and the job runs again after a back-off of 5 seconds to 5 minutes. */
  run(signal: AbortSignal): Promise<JobResult>;
}

export interface JobResult {
  /** In milliseconds since 1970; undefined: only on request. */
  readonly nextMs: number | undefined;
}

/** What went wrong; `id`: in a run of that job; undefined: with the jobs as a whole. Must not throw. */
export type JobsErrorListener = (error: unknown, id: string | undefined) => void;
