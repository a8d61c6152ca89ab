import type { DeliveryPorts, Source } from "../delivery/delivery-ports.ts";
import type { Repository } from "../registries/registry.ts";

/** What is known when something comes in by a webhook. */
export interface ReviewPorts extends Pick<DeliveryPorts, "store" | "memory" | "events" | "now"> {
  /** Those that are watched. */
  readonly sources: readonly Source[];
}

/** What it takes to do what webhooks ask for. */
export interface EffectPorts extends ReviewPorts {
  /** As `WatchedSource.requestScan`. */
  readonly requestScan: (source: string, of: readonly Repository[]) => Promise<void>;
  /** Runs the job `pipelines` (`reviewPipelines`) as soon as possible. */
  readonly requestReview: () => Promise<void>;
}
