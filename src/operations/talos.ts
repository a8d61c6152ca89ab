import type { Config } from "../config/schema.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { ScanRecord } from "../delivery/scan/scan-record.ts";
import type { Events } from "../events/events.ts";
import type { Hosts } from "../hosts/hosts.ts";
import type { ImageDescription } from "../registries/registry.ts";
import type { ReferenceWithEdits } from "../updates/plan-reference-edits.ts";
import type { Background } from "../updates/read-background.ts";

/** The running Talos, as operations see it. */
export interface Talos {
  readonly config: Config;
  readonly delivery: Delivery;
  readonly events: Events;
  /** In the order of the configuration. */
  readonly sources: readonly WatchedSource[];
  readonly hosts: Hosts;
  /** What the image's registry says of it; undefined: it does not, or the image is written without a digest. */
  describeImage(image: string): Promise<ImageDescription | undefined>;
  now(): number;
}

export interface WatchedSource {
  /** `github.com/me/infra`, `github.com/me/infra#main` where a branch is set. */
  readonly id: string;
  /** The URL, without secrets. */
  readonly url: string;
  /** The latest scan; undefined: there was none yet. */
  record(): Promise<ScanRecord | undefined>;
  /** When it is scanned next; undefined: not known. */
  nextScan(): Promise<number | "running" | undefined>;
  /** Scans as soon as possible. Resolves at once; the outcome is in `record`, with a `startedMs` of now or later. */
  requestScan(): Promise<void>;
  /** Decides again, from the cache where possible, the references that a person's words name: all that match best. */
  explain(wanted: string, signal: AbortSignal): Promise<readonly ReferenceWithEdits[]>;
  /** What `why` tells beside a verdict; see `readBackground`. */
  background(reference: ReferenceWithEdits, signal: AbortSignal): Promise<Background>;
}
