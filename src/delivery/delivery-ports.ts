import type { RepositoryFile } from "../config/schema.ts";
import type { Events } from "../events/events.ts";
import type { Registries } from "../registries/registry.ts";
import type { Forge } from "../sources/forge.ts";
import type { GitRepository } from "../sources/git-repository.ts";
import type { Store } from "../store/store.ts";
import type { Sightings } from "../updates/sightings.ts";
import type { DeliveryMemory } from "./delivery-memory.ts";
import type { Throttle } from "./queue/throttle-room.ts";

/** What this room works with. Time, chance and ids come in, so that a test decides them. */
export interface DeliveryPorts {
  readonly store: Store;
  readonly memory: DeliveryMemory;
  readonly events: Events;
  readonly registries: Registries;
  readonly sightings: Sightings;
  /** By registry domain. */
  readonly throttles: ReadonlyMap<string, Throttle>;
  /** An IANA name, for delivery windows that name none. */
  readonly timeZone: string;
  /** How long answers of registries are kept. */
  readonly cacheSeconds: number;
  readonly isWrittenInFull: boolean;
  readonly now: () => number;
  readonly newId: () => string;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Rejects when the signal aborts. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** A repository that is watched, with what is configured for it. */
export interface Source {
  readonly id: string;
  /** As configured; holds no secret. */
  readonly url: string;
  /** undefined: the one that the repository calls its own. */
  readonly branch: string | undefined;
  readonly repository: GitRepository;
  /** Where merge requests are opened; undefined: commits go to the branch. */
  readonly forge: Forge | undefined;
  /** Over what the repository says about itself. */
  readonly settings: RepositoryFile;
  readonly cooldownSeconds: number;
  readonly commitSubject: string;
  /** The page of a commit, where there is one. */
  readonly commitUrl: (commit: string) => string | undefined;
}
