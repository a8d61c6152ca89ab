import type { Job } from "../jobs/jobs.ts";
import type { Store } from "../store/store.ts";
import { TalosError } from "../talos-error.ts";
import { currentTrace } from "../telemetry/trace.ts";
import { type HandlePorts, handleDeliveries } from "./inbox/handle-deliveries.ts";
import { openInbox } from "./inbox/inbox.ts";
import { receiveDelivery } from "./inbox/receive-delivery.ts";
import { tidyInbox } from "./inbox/tidy-inbox.ts";
import { readWebhook } from "./read/read-webhook.ts";
import type { Webhooks } from "./webhooks.ts";

export const webhooksJob = "webhooks";

interface OpenPorts extends Pick<HandlePorts, "handle" | "log" | "now"> {
  readonly store: Store;
  readonly newId: () => string;
  /** Lets the job `webhooks` run now. */
  readonly requestJob: () => Promise<void>;
}

/** With the job that handles what was received: to be started with the others. */
export interface OpenWebhooks extends Webhooks {
  readonly job: Job;
}

/** What waits although nobody asked for the job, because that failed or its process died then, waits no longer. */
const pollMs = 60_000;
const tidyEveryMs = 600_000;
/** More than that wait only where none can be handled. */
const mostWaiting = 5000;

export function openWebhooks(ports: OpenPorts): OpenWebhooks {
  const inbox = openInbox(ports.store);
  // At most so many: others handle what was taken here, so they are counted when it matters.
  let waiting = 0;
  const isFull = async (): Promise<boolean> => {
    if (waiting >= mostWaiting) waiting = (await inbox.waiting.list("")).length;
    return waiting >= mostWaiting;
  };
  let tidiedMs = 0;
  return {
    async receive(request) {
      const reading = readWebhook(request);
      if (reading.kind !== "events") return reading;
      if (await isFull()) return { kind: "full" };
      const kind = await receiveDelivery(request, { ...reading, trace: currentTrace() }, { ...ports, inbox });
      if (kind === "stored") {
        waiting += 1;
        await askFor(ports.requestJob);
      }
      return { kind };
    },
    job: {
      id: webhooksJob,
      async run(signal) {
        if (ports.now() - tidiedMs >= tidyEveryMs) {
          await tidyInbox({ ...ports, inbox });
          tidiedMs = ports.now();
        }
        const retries = await handleDeliveries({ ...ports, inbox }, signal);
        return { nextMs: Math.min(...retries, ports.now() + pollMs) };
      },
    },
  };
}

/** It is stored; where the job cannot be asked for now it comes by itself. */
async function askFor(requestJob: () => Promise<void>): Promise<void> {
  try {
    await requestJob();
  } catch (error) {
    if (!(error instanceof TalosError)) throw error;
  }
}
