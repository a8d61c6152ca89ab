import type { Config } from "../config/schema.ts";
import { createBullMqJobs } from "../jobs/bullmq-jobs.ts";
import { createInProcessJobs } from "../jobs/in-process-jobs.ts";
import type { Jobs } from "../jobs/jobs.ts";
import { toRedisOptions } from "../store/connect-redis.ts";
import { TalosError } from "../talos-error.ts";
import type { DaemonLog } from "./daemon-log.ts";
import { redisEndpoint } from "./open-daemon-store.ts";

/** Shared with other processes through Redis where one is configured, else of this process alone. */
export async function openDaemonJobs(config: Config, log: DaemonLog): Promise<Jobs> {
  const endpoint = redisEndpoint(config);
  const options = { now: Date.now, onError: (error: unknown, id: string | undefined) => report(error, id, log) };
  return endpoint === undefined
    ? createInProcessJobs(options)
    : createBullMqJobs({ ...options, connection: toRedisOptions(endpoint), prefix: "talos:jobs" });
}

function report(error: unknown, id: string | undefined, log: DaemonLog): void {
  const name = id === undefined ? "jobs" : id;
  if (error instanceof TalosError) log.warn({ job: name }, error.message);
  else
    log.error(
      { job: name, error: error instanceof Error ? error.stack : String(error) },
      `${name} failed by a fault of Talos`,
    );
}
