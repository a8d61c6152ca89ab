import type { Config } from "../config/schema.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { DeliveryPorts, Source } from "../delivery/delivery-ports.ts";
import { previewChanges } from "../delivery/push/preview-changes.ts";
import { readThrottleUse } from "../delivery/queue/throttle-use.ts";
import { explain } from "../delivery/scan/explain.ts";
import { readScanRecord } from "../delivery/scan/scan-record.ts";
import { leaveScanTrace } from "../delivery/scan/scan-traces.ts";
import { wantAfresh } from "../delivery/scan/wanted-afresh.ts";
import type { Hosts } from "../hosts/hosts.ts";
import { parseImageReference } from "../images/parse-image-reference.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { RegistryUse, Talos, WatchedSource } from "../operations/talos.ts";
import type { RequestHistory } from "../registries/request-history.ts";
import type { Tokens } from "../tokens/tokens.ts";
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
  tokens: Tokens,
  history: RequestHistory,
): Talos {
  return {
    config,
    delivery,
    events: ports.events,
    sources: sources.map((source) => watchSource(source, ports, jobs)),
    hosts,
    tokens,
    async describeImage(image) {
      const parsed = parseImageReference(image);
      if (parsed.kind === "invalid" || parsed.reference.digest === undefined) return undefined;
      const described = await ports.registries.describeImage(parsed.reference, parsed.reference.digest, undefined);
      return described.kind === "found" ? described.value : undefined;
    },
    registries: () => readRegistryUse(history, ports),
    now: ports.now,
  };
}

function watchSource(source: Source, ports: DeliveryPorts, jobs: Jobs): WatchedSource {
  const { memory } = ports;
  return {
    id: source.id,
    url: source.repository.name,
    record: () => readScanRecord(source.id, memory),
    nextScan: () => jobs.next(scanJob(source.id)),
    async requestScan(of) {
      await leaveScanTrace(source.id, ports);
      if (of === undefined || of.length > 0) await wantAfresh(source.id, of, ports);
      await jobs.request(scanJob(source.id));
    },
    explain: (wanted, signal) => explain(source, wanted, ports, signal),
    preview: (changes, signal) => previewChanges(source, changes, ports, signal),
    background: (reference) => readBackground(reference, ports.registries),
  };
}

async function readRegistryUse(history: RequestHistory, ports: DeliveryPorts): Promise<readonly RegistryUse[]> {
  const throttles = await readThrottleUse(ports);
  const asked = new Map(history.read().map((one) => [one.domain, one]));
  const domains = new Set([...asked.keys(), ...throttles.keys()]);
  return [...domains].toSorted().map((domain) => ({
    ...(asked.get(domain) ?? { domain, hours: [], budget: undefined }),
    throttle: throttles.get(domain),
  }));
}
