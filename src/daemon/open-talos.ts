import type { Config } from "../config/schema.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { DeliveryPorts, Source } from "../delivery/delivery-ports.ts";
import { explain } from "../delivery/scan/explain.ts";
import type { Hosts } from "../hosts/hosts.ts";
import { parseImageReference } from "../images/parse-image-reference.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Talos, WatchedSource } from "../operations/talos.ts";
import { readBackground } from "../updates/read-background.ts";
import { scanJob } from "./daemon-jobs.ts";

/** The running Talos for operations. */
export function openTalos(
  config: Config,
  sources: readonly Source[],
  hosts: Hosts,
  delivery: Delivery,
  ports: DeliveryPorts,
  jobs: Jobs,
): Talos {
  return {
    config,
    delivery,
    events: ports.events,
    sources: sources.map((source) => watchSource(source, ports, jobs)),
    hosts,
    async describeImage(image) {
      const parsed = parseImageReference(image);
      if (parsed.kind === "invalid" || parsed.reference.digest === undefined) return undefined;
      const described = await ports.registries.describeImage(parsed.reference, parsed.reference.digest, undefined);
      return described.kind === "found" ? described.value : undefined;
    },
    now: ports.now,
  };
}

function watchSource(source: Source, ports: DeliveryPorts, jobs: Jobs): WatchedSource {
  const { store, memory, now } = ports;
  return {
    id: source.id,
    url: source.repository.name,
    record: async () => (await memory.scans.get(source.id))?.value,
    nextScan: () => jobs.next(scanJob(source.id)),
    async requestScan() {
      await store.write([memory.stale.put(source.id, { atMs: now(), isAfresh: true })]);
      await jobs.request(scanJob(source.id));
    },
    explain: (wanted, signal) => explain(source, wanted, ports, signal),
    background: (reference) => readBackground(reference, ports.registries),
  };
}
