import type { Job } from "../../jobs/jobs.ts";
import { resumeTrace } from "../../telemetry/trace.ts";

export interface JobRun {
  /** The first word of the job's id: `scan`, `deliver`. */
  readonly kind: string;
  readonly isFailed: boolean;
  readonly seconds: number;
}

/** The same job. It belongs to no trace of whoever asked for it or set its timer: it says itself what it goes on with. */
export function observeJob(job: Job, onRun: (run: JobRun) => void): Job {
  const kind = job.id.split(" ")[0] ?? job.id;
  return {
    id: job.id,
    run: (signal) =>
      resumeTrace(undefined, async () => {
        const startedMs = performance.now();
        const tell = (isFailed: boolean) => onRun({ kind, isFailed, seconds: (performance.now() - startedMs) / 1000 });
        try {
          const result = await job.run(signal);
          tell(false);
          return result;
        } catch (error) {
          if (!signal.aborted) tell(true);
          throw error;
        }
      }),
  };
}
