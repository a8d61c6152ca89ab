/**
 * Which job does what: `scan <source>` looks and routes, `deliver <source>` commits and pushes, `pipelines` looks whose
 * commits they are of, `clean` forgets what is too old. A scan asks for a delivery when something is in the queue;
 * everything else comes by itself.
 */
import type { Config } from "../config/schema.ts";
import type { DeliveryPorts, Source } from "../delivery/delivery-ports.ts";
import { deliver, hasWork } from "../delivery/push/deliver.ts";
import { nextWindow } from "../delivery/scan/next-window.ts";
import { scan } from "../delivery/scan/scan.ts";
import type { ScanRecord } from "../delivery/scan/scan-record.ts";
import { awaitBurst } from "../delivery/scan/wanted-afresh.ts";
import type { Job, Jobs } from "../jobs/jobs.ts";
import { nextRun, type Schedule } from "../jobs/schedule.ts";
import { TalosError } from "../talos-error.ts";
import { pipelinesJob, reviewPipelines } from "../webhooks/pipelines/review-pipelines.ts";
import { trimPipelines } from "../webhooks/pipelines/trim-pipelines.ts";
import { delayAbort } from "./delay-abort.ts";
import { followScan } from "./follow-scan.ts";

export const scanJob = (source: string) => `scan ${source}`;
export const deliverJob = (source: string) => `deliver ${source}`;

const dayMs = 86_400_000;

export function daemonJobs(
  sources: readonly Source[],
  config: Config,
  ports: DeliveryPorts,
  jobs: Pick<Jobs, "request">,
): readonly Job[] {
  return [
    ...sources.flatMap((source) => [
      scanOf(source, readSchedule(config), ports, jobs),
      deliveryOf(source, config.UpdateThrottlingSettings.QueuePollingFrequencyInSeconds, ports, jobs),
    ]),
    pipelines(sources, ports),
    cleaning(config.EventSettings.RetentionDays, ports),
  ];
}

function readSchedule({ ImageUpdateSettings: { Schedule } }: Config): Schedule {
  return Schedule.Type === "Cron" && Schedule.Expression !== undefined
    ? { kind: "cron", expression: Schedule.Expression, timeZone: Schedule.TimeZone }
    : { kind: "delay", seconds: Schedule.DelaySeconds };
}

const firstRetryMs = 30_000;
const longestRetryMs = 600_000;

/**
 * What may pass is tried again before the schedule says so, less and less often. Where something waits for its delivery
 * window it is looked at when that opens: a schedule that never falls into the window would leave it there for ever.
 */
function scanOf(source: Source, schedule: Schedule, ports: DeliveryPorts, jobs: Pick<Jobs, "request">): Job {
  let failures = 0;
  return {
    id: scanJob(source.id),
    async run(signal) {
      const scheduled = () => nextRun(schedule, ports.now(), ports.random());
      let record: ScanRecord;
      try {
        await awaitBurst(source.id, ports, signal);
        record = await scan(source, ports, { signal, onProgress: followScan(source.id, ports) });
        failures = 0;
      } catch (error) {
        if (!(error instanceof TalosError)) throw error;
        signal.throwIfAborted();
        failures += 1;
        if (!error.retryable) return { nextMs: scheduled() };
        const retryMs = ports.now() + Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1));
        return { nextMs: Math.min(retryMs, scheduled() ?? retryMs) };
      }
      if (await hasWork(source, ports)) await jobs.request(deliverJob(source.id));
      return { nextMs: earliest(scheduled(), nextWindow(record, ports.now(), ports.timeZone)) };
    },
  };
}

function earliest(...moments: readonly (number | undefined)[]): number | undefined {
  const known = moments.flatMap((moment) => moment ?? []);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** A delivery under way when the process is to end has so long to finish. */
const finishMs = 7000;

/** Room may come free by what other sources do, so that what waits is looked at again after `pollSeconds` at the latest. */
function deliveryOf(source: Source, pollSeconds: number, ports: DeliveryPorts, jobs: Pick<Jobs, "request">): Job {
  return {
    id: deliverJob(source.id),
    async run(signal) {
      const { nextMs, hasWorked } = await deliver(source, ports, delayAbort(signal, finishMs));
      if (hasWorked && !signal.aborted) await jobs.request(scanJob(source.id));
      const isEmpty = (await ports.memory.queue.list(`${source.id} `)).length === 0;
      if (isEmpty) return { nextMs };
      return { nextMs: Math.min(nextMs ?? Number.POSITIVE_INFINITY, ports.now() + pollSeconds * 1000) };
    },
  };
}

/** Pipelines of commits that are not known by their ids. */
function pipelines(sources: readonly Source[], ports: DeliveryPorts): Job {
  return {
    id: pipelinesJob,
    run: async (signal) => ({ nextMs: await reviewPipelines({ ...ports, sources }, signal) }),
  };
}

/** After so long an unchanged digest is as good as unknown. */
const sightingDays = 400;

function cleaning(retentionDays: number, ports: DeliveryPorts): Job {
  const { events, sightings, now } = ports;
  return {
    id: "clean",
    async run() {
      await events.trim(now() - retentionDays * dayMs);
      await sightings.forget(now() - sightingDays * dayMs);
      await trimPipelines(ports);
      return { nextMs: now() + dayMs };
    },
  };
}
