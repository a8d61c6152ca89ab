import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Config } from "../../config/schema.ts";
import { type WatchedRepository, watchedRepositories } from "../../config/watched-repositories.ts";
import type { ImageReference } from "../../images/image-reference.ts";
import { configuredDomains } from "../../registries/configured-domains.ts";
import { createRegistries } from "../../registries/create-registries.ts";
import type { RateLimit } from "../../registries/rate-limit.ts";
import { cloneFolder } from "../../sources/clone-folder.ts";
import { openForge } from "../../sources/forges/open-forge.ts";
import { openGitRepository } from "../../sources/open-git-repository.ts";
import { createMemoryStore } from "../../store/memory-store.ts";
import { userCacheFolder } from "../user-cache-folder.ts";
import { type ClockReading, checkClock } from "./check-clock.ts";
import { checkFolder } from "./check-folder.ts";
import { checkForge } from "./check-forge.ts";
import { checkGit } from "./check-git.ts";
import { checkHttp } from "./check-http.ts";
import { checkRedis } from "./check-redis.ts";
import { checkRegistry } from "./check-registry.ts";
import { checkRepository, nameRepository, type RepositoryCheck } from "./check-repository.ts";
import { checkRunning } from "./check-running.ts";
import { checkStore } from "./check-store.ts";
import { checkTracing } from "./check-tracing.ts";
import { checkDiscord } from "./discord/check-discord.ts";
import { openDoctorRest } from "./discord/open-doctor-rest.ts";
import type { Finding } from "./finding.ts";
import { checkHosts } from "./hosts/check-hosts.ts";
import { withDeadline } from "./with-deadline.ts";

const quickSeconds = 10;
const repositorySeconds = 60;
const registrySeconds = 30;
const discordSeconds = 30;

/** All checks that need a configuration, side by side; what they found, in a fixed order. */
export async function runChecks(config: Config): Promise<readonly Finding[]> {
  const { RedisSettings } = config;
  const dataDirectory = resolve(config.DataDirectory);
  const watched = watchedRepositories(config);
  const repositories = watched.map((one) => startRepository(one));
  const groups = await Promise.all([
    withDeadline("data directory", quickSeconds, async () => [await checkFolder("data directory", dataDirectory)]),
    withDeadline("store", quickSeconds, async () =>
      RedisSettings.Endpoint === undefined ? checkStore(join(dataDirectory, "talos.sqlite")) : [],
    ),
    withDeadline("redis", quickSeconds, (signal) => checkRedis(RedisSettings, signal)),
    withDeadline("work folder", quickSeconds, async () => [await checkFolder("work folder", cloneFolder(config))]),
    withDeadline("git", quickSeconds, (signal) => checkGit(tmpdir(), signal)),
    ...repositories.map(async ({ findings }) => findings),
    ...watched.map((one) => startForge(one)),
    askRegistries(config, repositories),
    startDiscord(config),
    checkHosts(config),
    withDeadline("http", quickSeconds, () => checkHttp(config)),
    withDeadline("tracing", quickSeconds, () => checkTracing(config.TracingSettings)),
    withDeadline("running", quickSeconds, () => checkRunning(dataDirectory)),
  ]);
  return groups.flat();
}

interface StartedRepository {
  readonly findings: Promise<readonly Finding[]>;
  readonly images: Promise<readonly ImageReference[]>;
}

function startRepository(watched: WatchedRepository): StartedRepository {
  // Not where the daemon keeps its clones, so that neither gets in the other's way.
  const workFolder = join(userCacheFolder(process.env), "doctor");
  let images: RepositoryCheck["images"] = [];
  const findings = withDeadline(nameRepository(watched), repositorySeconds, async (signal) => {
    const options = { ...watched, workFolder, deadlineSeconds: repositorySeconds };
    const check = await checkRepository(watched, () => openGitRepository(options), signal);
    images = check.images;
    return check.findings;
  });
  return { findings, images: findings.then(() => images) };
}

function startForge(watched: WatchedRepository): Promise<readonly Finding[]> {
  const { hostType: type, url: repositoryUrl, apiUrl } = watched;
  const { token } = watched.account;
  const open = () =>
    token === undefined
      ? undefined
      : openForge({ type, repositoryUrl, apiUrl, token, deadlineSeconds: registrySeconds });
  return withDeadline(`merge requests ${watched.id}`, registrySeconds, (signal) => checkForge(watched, open, signal));
}

async function startDiscord(config: Config): Promise<readonly Finding[]> {
  const { BotToken } = config.DiscordSettings;
  if (BotToken === undefined) return [];
  return withDeadline("discord", discordSeconds, async (signal) =>
    checkDiscord(config, await openDoctorRest(BotToken, config.DiscordSettings), signal),
  );
}

/** Each registry that the repositories name, and from their answers the clock. */
async function askRegistries(config: Config, repositories: readonly StartedRepository[]): Promise<readonly Finding[]> {
  const images = (await Promise.all(repositories.map((one) => one.images))).flat();
  const firsts = new Map(images.toReversed().map((image) => [image.domain, image]));
  const rates = new Map<string, RateLimit>();
  const clocks: ClockReading[] = [];
  const registries = createRegistries({
    domains: configuredDomains(config),
    cache: createMemoryStore().cache("registry"),
    cacheSeconds: 0,
    onRequest: ({ domain, host, rate, serverTimeMs }) => {
      if (rate !== undefined) rates.set(domain, rate);
      if (serverTimeMs !== undefined) clocks.push({ host, theirsMs: serverTimeMs, oursMs: Date.now() });
    },
  });
  try {
    const checks = [...firsts.values()]
      .toSorted(byDomain)
      .map((image) =>
        withDeadline(`registry ${image.domain}`, registrySeconds, (signal) =>
          checkRegistry(image, registries, () => rates.get(image.domain), signal),
        ),
      );
    const found = await Promise.all(checks);
    return [...found.flat(), ...checkClock(clocks)];
  } finally {
    await registries.close();
  }
}

function byDomain(a: ImageReference, b: ImageReference): number {
  return a.domain < b.domain ? -1 : 1;
}
