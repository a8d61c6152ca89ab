/**
 * `talos demo --serve`: a whole Talos with its page, on an example, without a network. It is the real daemon; around it are a
 * registry in memory, in which something is released now and then, and a git repository in a temporary folder. Nothing of
 * this person's is read or written: no configuration, no variables with settings, no cache, no settings of git. At the end
 * everything is removed, unless it is to be kept.
 */
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Config } from "../../config/schema.ts";
import { openDaemonStore } from "../../daemon/open-daemon-store.ts";
import { runDaemon } from "../../daemon/run-daemon.ts";
import { openTokens } from "../../tokens/open-tokens.ts";
import { fixedKey } from "../../tokens/webhook-key.ts";
import { endOnSignals } from "../end-on-signals.ts";
import { type ExitStatus, exitStatus } from "../exit-status.ts";
import { readVersion } from "../read-version.ts";
import type { Terminal } from "../terminal.ts";
import { openTerminalLog } from "../terminal-log.ts";
import { catalogue } from "./catalogue.ts";
import { makeDemoFolder } from "./demo-folder.ts";
import { demoReleases } from "./demo-releases.ts";
import { demoUrl, writeDemoSettings } from "./demo-settings.ts";
import { findPlace } from "./find-place.ts";
import { makeDemoRepository } from "./make-demo-repository.ts";
import { memoryRegistrySettings } from "./memory-registry-settings.ts";
import { type MemoryRegistry, openMemoryRegistry } from "./open-memory-registry.ts";
import { withEnvironment } from "./with-environment.ts";

interface DemoRequest {
  /** As `127.0.0.1:8080`; not set: a free port, for this machine alone. */
  readonly listen: string | undefined;
  /** Nothing is removed. */
  readonly keep: boolean;
}

export async function serveDemo({ listen, keep }: DemoRequest, terminal: Terminal): Promise<ExitStatus> {
  const place = await findPlace(listen);
  const ending = endOnSignals();
  await using registry = await openMemoryRegistry(catalogue);
  const registrySettings = memoryRegistrySettings(registry.url);
  await using folder = await makeDemoFolder(registrySettings, keep);
  using _environment = withEnvironment({
    XDG_CACHE_HOME: folder.cache,
    DOCKER_CONFIG: folder.cache,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
  });
  const repository = await makeDemoRepository(folder.homelab);
  const config = await writeDemoSettings(folder.config, repository, place, registrySettings);
  const token = await createToken(config, ending);
  const settings = { config, given: new Set(["ApiSettings.Port"]), version: await readVersion() };
  const daemon = runDaemon(settings, openTerminalLog(terminal, "warn"), ending);
  const stopped = new AbortController();
  void daemon.catch(() => undefined).then(() => stopped.abort());
  await untilServed(demoUrl(place), stopped.signal);
  if (!stopped.signal.aborted) {
    greet(`${demoUrl(place)}/#token=${token}`, repository, folder.config, terminal);
    await releaseNowAndThen(registry, terminal, AbortSignal.any([ending, stopped.signal]));
  }
  await daemon;
  terminal.out(`\nThe demo has ended. What it made is ${keep ? `in ${dirname(folder.homelab)}` : "removed"}.`);
  return exitStatus.done;
}

/** Before there is a daemon: until then the store is nobody's. The key of webhooks has no part in tokens of the API. */
async function createToken(config: Config, signal: AbortSignal): Promise<string> {
  const ignore = () => undefined;
  const store = await openDaemonStore(config, { onNotice: ignore, onGone: ignore, onBack: ignore }, signal);
  try {
    const use = { kind: "api", access: "admin" } as const;
    const wanted = { name: "demo", use, createdBy: "talos demo", expiresMs: undefined };
    const created = await openTokens(store, { now: Date.now, webhookKey: fixedKey("") }).create(wanted);
    if (created.kind !== "created") throw new Error(`a new store refuses a token: ${created.kind}`);
    return created.token;
  } finally {
    await store.close();
  }
}

async function untilServed(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const answer = await fetch(`${url}/healthz`, { signal }).catch(() => undefined);
    if (answer?.ok === true) return;
    await delay(50, undefined, { signal }).catch(() => undefined);
  }
}

function greet(link: string, repository: string, config: string, terminal: Terminal): void {
  const lines = [
    "A home server's repository, its registries, and a Talos that watches them: all of it on this machine, for now.",
    "",
    `  ${terminal.style("bold", link)}`,
    "",
    "That link signs you in. Talos looks at everything for the first time: what the policies let through it commits by",
    "itself, the rest it asks you about. In a few seconds something new is released.",
    "",
    terminal.style("dim", `  git --git-dir ${repository} log --patch main`),
    terminal.style("dim", `  talos updates --config ${config}`),
    "",
    "Ctrl-C ends it.",
    "",
  ];
  terminal.out(lines.join("\n"));
}

async function releaseNowAndThen(registry: MemoryRegistry, terminal: Terminal, signal: AbortSignal): Promise<void> {
  const startMs = performance.now();
  for (const { afterSeconds, repository, tag, created, consequence } of demoReleases) {
    const leftMs = startMs + afterSeconds * 1000 - performance.now();
    await delay(leftMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    registry.release(repository, tag, created);
    terminal.out(`${terminal.style("cyan", `${repository}:${tag} was released`)}: ${consequence}`);
  }
}
