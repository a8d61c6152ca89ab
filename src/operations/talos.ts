import type { Config } from "../config/schema.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { ScanRecord } from "../delivery/scan/scan-record.ts";
import type { UpdateMember } from "../delivery/update.ts";
import type { Events } from "../events/events.ts";
import type { Hosts } from "../hosts/hosts.ts";
import type { ImageDescription, Repository } from "../registries/registry.ts";
import type { RegistryHistory } from "../registries/request-history.ts";
import type { Tokens } from "../tokens/tokens.ts";
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
  readonly tokens: Tokens;
  /** What the image's registry says of it; undefined: it does not, or the image is written without a digest. */
  describeImage(image: string): Promise<ImageDescription | undefined>;
  /** What registries were asked since the start, and what is throttled, by domain. */
  registries(): Promise<readonly RegistryUse[]>;
  now(): number;
}

export interface RegistryUse extends RegistryHistory {
  /** `UpdateThrottlingSettings`, with how many images of it count now; undefined: not throttled. */
  readonly throttle: { readonly limit: number; readonly perSeconds: number; readonly used: number } | undefined;
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
  /**
   * Scans as soon as possible. Resolves at once; the outcome is in `record`, with a `startedMs` of now or later. What is
   * known of registries is asked for again: of all, or of these repositories alone (of none: `[]`).
   */
  requestScan(of?: readonly Repository[]): Promise<void>;
  /** Decides again, from the cache where possible, the references that a person's words name: all that match best. */
  explain(wanted: string, signal: AbortSignal): Promise<readonly ReferenceWithEdits[]>;
  /** What `why` tells beside a verdict; see `readBackground`. */
  background(reference: ReferenceWithEdits, signal: AbortSignal): Promise<Background>;
  /**
   * What would be written into the files for these changes together, on the commit of the latest scan: the branch may have
   * moved on since. Changes nothing. Throws a TalosError `edit-refused` where the files say something else.
   */
  preview(changes: readonly ImageChange[], signal: AbortSignal): Promise<readonly FilePreview[]>;
}

export type ImageChange = Pick<UpdateMember, "file" | "pointer" | "from" | "to">;

/** One file that would change, in full. */
export interface FilePreview {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}
