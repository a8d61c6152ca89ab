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
import { leaveScanTrace } from "../delivery/scan/scan-traces.ts";
import type { Bot, BotPorts } from "../discord/open-bot.ts";
import { openEvents } from "../events/events.ts";
import { operations } from "../operations/operations.ts";
import { configuredDomains } from "../registries/configured-domains.ts";
import { createRegistries } from "../registries/create-registries.ts";
import type { RequestEvent } from "../registries/request-event.ts";
import { createRequestHistory } from "../registries/request-history.ts";
import { openSocketServer } from "../socket/open-socket-server.ts";
import type { Store } from "../store/store.ts";
import { openTokens } from "../tokens/open-tokens.ts";
import { openWebhookKey } from "../tokens/webhook-key.ts";
import { openSightings } from "../updates/sightings.ts";
import { daemonJobs, deliverJob, scanJob } from "./daemon-jobs.ts";
import type { DaemonLog } from "./daemon-log.ts";
import { logEvents } from "./log-events.ts";
import { observeJob } from "./observing/observe-job.ts";
import { answerMetrics, openDaemonMetrics } from "./observing/open-daemon-metrics.ts";
import { openDaemonTracing } from "./observing/open-daemon-tracing.ts";
import { tellWrittenEvents } from "./observing/tell-written-events.ts";
import { openDaemonHosts } from "./open-daemon-hosts.ts";
import { openDaemonHttp } from "./open-daemon-http.ts";
import { openDaemonJobs } from "./open-daemon-jobs.ts";
import { openDaemonStore } from "./open-daemon-store.ts";
import { openDaemonWebhooks } from "./open-daemon-webhooks.ts";
import { openSources } from "./open-sources.ts";
import { openTalos } from "./open-talos.ts";
import { watchReadiness } from "./watch-readiness.ts";
import { watchStore } from "./watch-store.ts";

interface DaemonSettings {
  readonly config: Config;
  /** The paths of the settings that are not defaults. */
  readonly given: ReadonlySet<string>;
  readonly version: string;
}

/** Resolves when it has ended, after `signal` was aborted. */
export async function runDaemon(settings: DaemonSettings, log: DaemonLog, signal: AbortSignal): Promise<void> {
  const { config } = settings;
  await using parts = new AsyncDisposableStack();
  const notice = (text: string) => log.warn(text);
  parts.use(await openDaemonTracing(config, { version: settings.version, instance: randomUUID(), log }));
  const outages = watchStore(log);
  const metrics = await openDaemonMetrics(config, settings.version);
  const opened = parts.adopt(await openDaemonStore(config, { onNotice: notice, ...outages }, signal), (open) =>
    open.close(),
  );
  const store = metrics === undefined ? opened : tellWrittenEvents(opened, (event) => metrics.countEvent(event));
  const sources = openSources(config, notice);
  const history = createRequestHistory(Date.now);
  const ports = openPorts(config, store, parts, (event) => {
    history.note(event);
    metrics?.countRegistryRequest(event);
  });
  outages.tellIn(ports.events);
  const jobs = parts.use(await openDaemonJobs(config, log));
  const delivery = openDelivery(ports, {
    onQueued: (source) => jobs.request(deliverJob(source)),
    async onStale(source) {
      await leaveScanTrace(source, ports);
      await jobs.request(scanJob(source));
    },
  });
  const hosts = parts.use(await openDaemonHosts(config, log));
  const webhookKey = openWebhookKey({
    secretKey: config.ApiSettings.SecretKey,
    dataDirectory: config.DataDirectory,
  });
  const tokens = openTokens(store, { now: ports.now, webhookKey });
  const talos = openTalos(config, sources, hosts, delivery, ports, jobs, tokens, history);
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
  const bot = await openDaemonBot({ config, talos, operations, store, newId: ports.newId, log });
  if (bot !== undefined) parts.use(bot);
  const webhooks = openDaemonWebhooks(sources, ports, talos, jobs, log);
  let hasStarted = false;
  const http = await openDaemonHttp({
    ...settings,
    talos,
    operations,
    tokens,
    webhooks,
    store,
    readiness: () => watchReadiness({ store, jobs, talos, bot, hasStarted: () => hasStarted }),
    metrics: answerMetrics(metrics, { ...ports, sources: sources.map(({ id }) => id), hosts: hosts.all }),
    onRequest: (request) => metrics?.countHttpRequest(request),
    log,
  });
  if (http !== undefined) parts.use(http);
  log.info(`talos runs; it watches ${sources.length} ${sources.length === 1 ? "repository" : "repositories"}`);
  if (sources.length === 0) log.warn("no repository is configured: `talos init` writes a first configuration");
  const all = [...daemonJobs(sources, config, ports, jobs), webhooks.job];
  await jobs.start(all.map((job) => observeJob(job, (run) => metrics?.countJob(run))));
  hasStarted = true;
  await ended(signal);
  log.info("talos ends");
}

/** undefined: Discord is not configured. */
async function openDaemonBot(ports: BotPorts): Promise<Bot | undefined> {
  if (ports.config.DiscordSettings.BotToken === undefined) return undefined;
  const { openBot } = await import("../discord/open-bot.ts");
  return openBot(ports);
}

function openPorts(
  config: Config,
  store: Store,
  parts: AsyncDisposableStack,
  onRequest: (event: RequestEvent) => void,
): DeliveryPorts {
  const cacheSeconds = config.RegistrySettings.CacheDuration;
  const registries = parts.adopt(
    createRegistries({ domains: configuredDomains(config), cache: store.cache("registry"), cacheSeconds, onRequest }),
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
