import { homedir } from "node:os";
import { join } from "node:path";
import { formatRepository } from "../images/image-reference.ts";
import type { Cache } from "../store/store.ts";
import { createAnswerCache } from "./answer-cache.ts";
import { type Clock, systemClock } from "./clock.ts";
import { connectRegistry, type RegistryConnection } from "./connect-registry.ts";
import { describeImage } from "./describe-image.ts";
import type { DomainSettings } from "./domain-settings.ts";
import { listTags } from "./list-tags.ts";
import { createLookupTime, type LookupTime } from "./lookup-time.ts";
import { defaultPlatform } from "./platform.ts";
import { readDigest } from "./read-digest.ts";
import type { ImageDescription, Lookup, LookupFailure, Registries } from "./registry.ts";
import type { RequestEvent } from "./request-event.ts";
import { createSingleFlight } from "./single-flight.ts";

export interface RegistriesOptions {
  /** By domain, as in `docker.io` and `registry.local:5000`. */
  readonly domains: Readonly<Record<string, DomainSettings>>;
  readonly cache: Cache;
  readonly cacheSeconds: number;
  /** Nothing is answered from the cache; what is found is still put there. */
  readonly isCacheIgnored?: boolean;
  /** `$DOCKER_CONFIG/config.json` or `~/.docker/config.json` if not set. */
  readonly dockerConfigPath?: string;
  /** Told after every request, for progress and logs: it never holds a secret. */
  readonly onRequest?: (event: RequestEvent) => void;
  readonly clock?: Clock;
  /** 20 s */
  readonly requestTimeoutMs?: number;
  /** 60 s, for all requests of one look-up together. */
  readonly lookupTimeoutMs?: number;
}

/**
 * The client for OCI registries (spec "Registries"). Facts that surprise:
 * - HEAD is free where pulls are counted, and its header has the digest that matters, that of the index; so GET is for new things only.
 * - A registry answers the same 401 for "private" and "no such repository".
 * - Where tokens come from is told by the registry. Nothing of one registry is ever sent to another one, or in the clear.
 * It must not throw for what a registry does, keep a failure in the cache, or put a secret into a text.
 */
export function createRegistries(options: RegistriesOptions): Registries {
  const counts = { head: 0, get: 0 };
  const connections = new Map<string, RegistryConnection>();
  const connect = (domain: string): RegistryConnection => {
    const known = connections.get(domain) ?? connectRegistry(domain, completeOptions(options, domain, counts));
    connections.set(domain, known);
    return known;
  };
  const cache = createAnswerCache(options);
  const closing = new AbortController();
  const share =
    <T>(domain: string, look: (time: LookupTime) => Promise<Lookup<T>>) =>
    async (shared: AbortSignal) => {
      const signal = AbortSignal.any([shared, closing.signal]);
      try {
        return await look(createLookupTime(options.lookupTimeoutMs ?? 60_000, signal));
      } catch (error) {
        if (closing.signal.aborted && !shared.aborted) return closed(domain);
        throw error;
      }
    };
  const tagFlights = createSingleFlight<Lookup<readonly string[]>>();
  const digestFlights = createSingleFlight<Lookup<string>>();
  const descriptionFlights = createSingleFlight<Lookup<ImageDescription>>();

  return {
    requests: counts,
    listTags: (repository, { isFresh = false, signal } = {}) => {
      const ask = (time: LookupTime) => listTags(connect(repository.domain), repository, time);
      const look = share(repository.domain, (time) => cache.readTags(repository, isFresh, () => ask(time)));
      return tagFlights(`${formatRepository(repository)} ${isFresh}`, look, signal);
    },
    readDigest: (repository, tag, { isFresh = false, signal } = {}) => {
      const ask = async (time: LookupTime) =>
        readDigest(connect(repository.domain), repository, tag, time, await cache.readHabit(repository.domain));
      const look = share(repository.domain, (time) => cache.readDigest(repository, tag, isFresh, () => ask(time)));
      return digestFlights(`${formatRepository(repository)}:${tag} ${isFresh}`, look, signal);
    },
    describeImage: (repository, digest, platform = defaultPlatform, signal) => {
      const ask = (time: LookupTime) =>
        describeImage({ connection: connect(repository.domain), repository, time }, digest, platform);
      const look = share(repository.domain, (time) =>
        cache.readDescription(repository, digest, platform, () => ask(time)),
      );
      return descriptionFlights(`${formatRepository(repository)}@${digest} ${platform}`, look, signal);
    },
    close: async () => {
      closing.abort();
      await Promise.all([...connections.values()].map((connection) => connection.close()));
    },
  };
}

function closed(domain: string): LookupFailure {
  return { kind: "unreachable", text: `the look-up at ${domain} was ended before it had an answer`, hint: undefined };
}

function completeOptions(options: RegistriesOptions, domain: string, counts: { head: number; get: number }) {
  return {
    settings: options.domains[domain] ?? {},
    dockerConfigPath: options.dockerConfigPath ?? findDockerConfig(),
    clock: options.clock ?? systemClock,
    requestTimeoutMs: options.requestTimeoutMs ?? 20_000,
    lookupTimeoutMs: options.lookupTimeoutMs ?? 60_000,
    onRequest: options.onRequest ?? (() => {}),
    count: (method: string) => {
      if (method === "HEAD") counts.head += 1;
      else counts.get += 1;
    },
  };
}

/** An empty variable is none: a config.json in the folder that is looked at could name programs to run. */
function findDockerConfig(): string {
  return join(process.env["DOCKER_CONFIG"] || join(homedir(), ".docker"), "config.json");
}
