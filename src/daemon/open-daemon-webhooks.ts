import type { DeliveryPorts, Source } from "../delivery/delivery-ports.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Talos } from "../operations/talos.ts";
import { handleWebhook } from "../webhooks/handle-webhook.ts";
import { type OpenWebhooks, openWebhooks, webhooksJob } from "../webhooks/open-webhooks.ts";
import { pipelinesJob } from "../webhooks/pipelines/review-pipelines.ts";
import type { DaemonLog } from "./daemon-log.ts";

/** What comes in by webhooks, and what follows from it. */
export function openDaemonWebhooks(
  sources: readonly Source[],
  ports: DeliveryPorts,
  talos: Talos,
  jobs: Jobs,
  log: DaemonLog,
): OpenWebhooks {
  const effects = {
    ...ports,
    sources,
    requestScan: async (id: string, of: Parameters<Talos["sources"][number]["requestScan"]>[0]) =>
      talos.sources.find((source) => source.id === id)?.requestScan(of),
    requestReview: () => jobs.request(pipelinesJob),
  };
  return openWebhooks({
    ...ports,
    log,
    requestJob: () => jobs.request(webhooksJob),
    handle: (event) => handleWebhook(event, effects),
  });
}
