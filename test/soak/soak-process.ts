/** Talos as `talos run` puts it together, on parts in memory and a clock that is driven. It can end well, or be killed. */
import type { Config } from "../../src/config/schema.ts";
import { daemonJobs, deliverJob, scanJob } from "../../src/daemon/daemon-jobs.ts";
import type { Delivery } from "../../src/delivery/delivery.ts";
import { openDeliveryMemory } from "../../src/delivery/delivery-memory.ts";
import type { DeliveryPorts } from "../../src/delivery/delivery-ports.ts";
import { openDelivery } from "../../src/delivery/open-delivery.ts";
import { dropRemovedSources } from "../../src/delivery/queue/drop-removed-sources.ts";
import { openEvents } from "../../src/events/events.ts";
import { createInProcessJobs } from "../../src/jobs/in-process-jobs.ts";
import type { Job } from "../../src/jobs/jobs.ts";
import type { Store } from "../../src/store/store.ts";
import { TalosError } from "../../src/talos-error.ts";
import { openSightings } from "../../src/updates/sightings.ts";
import { fakeRegistries, type Outage } from "./fake-registries.ts";
import type { FakeTime } from "./fake-time.ts";
import { createLife, type Life, mortalStore } from "./life.ts";
import type { Random } from "./random.ts";
import type { SoakSource } from "./soak-source.ts";
import type { Image } from "./upstream.ts";

export interface SoakProcess {
  readonly life: Life;
  readonly delivery: Delivery;
  readonly ports: DeliveryPorts;
  requestScan(source: string): Promise<void>;
  /** Lets what is under way end. */
  end(): Promise<void>;
  /** After `life` is over. */
  bury(): Promise<void>;
}

export interface ProcessParts {
  readonly config: Config;
  readonly store: Store;
  readonly sources: readonly SoakSource[];
  readonly images: readonly Image[];
  readonly outages: ReadonlyMap<string, Outage>;
  readonly throttles: DeliveryPorts["throttles"];
  readonly cacheSeconds: number;
  readonly time: FakeTime;
  readonly random: Random;
  readonly newId: () => string;
  readonly complain: (text: string) => void;
}

export async function startProcess(parts: ProcessParts): Promise<SoakProcess> {
  const { config, time, random, complain } = parts;
  const life = createLife();
  const { store, release } = mortalStore(parts.store, life);
  const ports = openPorts(parts, store);
  const jobs = createInProcessJobs({
    now: ports.now,
    random: () => random.next(),
    setTimer: (callback, delayMs) => time.setTimer(callback, delayMs),
    onError(error, id) {
      if (!(error instanceof TalosError))
        complain(`${id} failed by a fault: ${error instanceof Error ? error.stack : String(error)}`);
    },
  });
  const delivery = openDelivery(ports, {
    onQueued: (source) => jobs.request(deliverJob(source)),
    onStale: (source) => jobs.request(scanJob(source)),
  });
  const sources = parts.sources.map((source) => source.open(life));
  const inRun = (job: Job): Job => ({ ...job, run: (signal) => time.inRun(job.id, () => job.run(signal)) });
  await dropRemovedSources(
    sources.map(({ id }) => id),
    ports,
  );
  await jobs.start(daemonJobs(sources, config, ports, jobs).map(inRun));
  return {
    life,
    delivery,
    ports,
    async requestScan(source) {
      await ports.store.write([ports.memory.stale.put(source, { atMs: ports.now() })]);
      await jobs.request(scanJob(source));
    },
    async end() {
      const ended = jobs[Symbol.asyncDispose]().then(() => true);
      let isOver = false;
      void ended.then(() => {
        isOver = true;
      });
      await time.advance(time.nowMs + 600_000, () => isOver || life.isDead());
      if (!isOver && !life.isDead()) complain("it does not end");
      life.die();
      time.forgetRuns();
      await release();
    },
    async bury() {
      time.forgetRuns();
      await release();
    },
  };
}

function openPorts(parts: ProcessParts, store: Store): DeliveryPorts {
  const { images, outages, throttles, cacheSeconds, time, random, newId } = parts;
  return {
    store,
    registries: fakeRegistries(images, outages, store.cache("registry"), cacheSeconds),
    cacheSeconds,
    memory: openDeliveryMemory(store),
    events: openEvents(store),
    sightings: openSightings(store.collection("sightings")),
    throttles,
    timeZone: "UTC",
    isWrittenInFull: false,
    now: () => time.nowMs,
    newId,
    random: () => random.next(),
    pause: (milliseconds) => time.sleep(milliseconds),
  };
}
