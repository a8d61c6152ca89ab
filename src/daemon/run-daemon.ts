/**
 * `talos run`: puts the parts together, in an order in which each finds what it needs, and takes them apart in the opposite
 * one. It runs with whatever is configured: without Redis, Docker, Discord or a web address too. A signal to end lets the
 * steps under way finish, for at most ten seconds; what was not finished is as if the process had been killed, and
 * nothing is lost by that.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Config } from "../config/schema.ts";
import { openDeliveryMemory } from "../delivery/delivery-memory.ts";
import type { DeliveryPorts } from "../delivery/delivery-ports.ts";
import { openDelivery } from "../delivery/open-delivery.ts";
import { dropRemovedSources } from "../delivery/queue/drop-removed-sources.ts";
import { openEvents } from "../events/events.ts";
import { operations } from "../operations/operations.ts";
import { configuredDomains } from "../registries/configured-domains.ts";
import { createRegistries } from "../registries/create-registries.ts";
import { openSocketServer } from "../socket/open-socket-server.ts";
import type { Store } from "../store/store.ts";
import { openSightings } from "../updates/sightings.ts";
import { daemonJobs, deliverJob, scanJob } from "./daemon-jobs.ts";
import type { DaemonLog } from "./daemon-log.ts";
import { logEvents } from "./log-events.ts";
import { openDaemonHosts } from "./open-daemon-hosts.ts";
import { openDaemonJobs } from "./open-daemon-jobs.ts";
import { openDaemonStore } from "./open-daemon-store.ts";
import { openSources } from "./open-sources.ts";
import { openTalos } from "./open-talos.ts";
import { watchStore } from "./watch-store.ts";

/** Resolves when it has ended, after `signal` was aborted. */
export async function runDaemon(config: Config, log: DaemonLog, signal: AbortSignal): Promise<void> {
  await using parts = new AsyncDisposableStack();
  const notice = (text: string) => log.warn(text);
  const outages = watchStore(log);
  const store = parts.adopt(await openDaemonStore(config, { onNotice: notice, ...outages }, signal), (open) =>
    open.close(),
  );
  const sources = openSources(config, notice);
  const ports = openPorts(config, store, parts);
  outages.tellIn(ports.events);
  const jobs = parts.use(await openDaemonJobs(config, log));
  const delivery = openDelivery(ports, {
    onQueued: (source) => jobs.request(deliverJob(source)),
    onStale: (source) => jobs.request(scanJob(source)),
  });
  const hosts = parts.use(await openDaemonHosts(config, log));
  const talos = openTalos(config, sources, hosts, delivery, ports, jobs);
  parts.use(
    await openSocketServer({
      dataDirectory: config.DataDirectory,
      talos,
      operations,
      environment: process.env,
      onFault: (error) => log.error({ error: String(error) }, "an operation failed by a fault of Talos"),
    }),
  );
  // Only now: a second Talos on this data directory has been refused by its socket.
  hosts.connect();
  await dropRemovedSources(
    sources.map(({ id }) => id),
    ports,
  );
  parts.use(logEvents(ports.events, log));
  const { DiscordSettings } = config;
  if (DiscordSettings.BotToken !== undefined) {
    const { openBot } = await import("../discord/open-bot.ts");
    parts.use(openBot({ config, talos, operations, store, newId: ports.newId, log }));
  }
  log.info(`talos runs; it watches ${sources.length} ${sources.length === 1 ? "repository" : "repositories"}`);
  if (sources.length === 0) log.warn("no repository is configured: `talos init` writes a first configuration");
  await jobs.start(daemonJobs(sources, config, ports, jobs));
  await ended(signal);
  log.info("talos ends");
}

function openPorts(config: Config, store: Store, parts: AsyncDisposableStack): DeliveryPorts {
  const cacheSeconds = config.RegistrySettings.CacheDuration;
  const registries = parts.adopt(
    createRegistries({ domains: configuredDomains(config), cache: store.cache("registry"), cacheSeconds }),
    (open) => open.close(),
  );
  const { Domains } = config.UpdateThrottlingSettings;
  return {
    store,
    registries,
    cacheSeconds,
    memory: openDeliveryMemory(store),
    events: openEvents(store),
    sightings: openSightings(store.collection("sightings")),
    throttles: new Map(
      Object.entries(Domains).map(([domain, { Limit, Per }]) => [domain, { limit: Limit, perSeconds: Per }]),
    ),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    isWrittenInFull: config.ImageParserSettings.WriteFullReference,
    now: Date.now,
    newId: randomUUID,
    random: Math.random,
    pause: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
  };
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
