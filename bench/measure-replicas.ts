import { setTimeout as delay } from "node:timers/promises";
import type { RunningDaemon } from "../test/daemon/run-daemon.ts";
import { openWorld, type World } from "../test/daemon/world.ts";
import { redisServer } from "../test/parties/redis-server.ts";
import { fixtureManifest, repositoryName } from "./fixture-images.ts";
import { startRegistry } from "./start-registry.ts";

const repositories = 60;
/** Slow enough that it is waited for the registry, and not for this machine. */
const delayMs = 500;
const windowMs = 20_000;

export interface ReplicasFigures {
  readonly repositories: number;
  readonly delayMs: number;
  /** Scans per second. */
  readonly one: number;
  readonly three: number;
}

/** How many scans a second one Talos does, and three that share a Redis, when all repositories are always due. */
export async function measureReplicas(): Promise<ReplicasFigures> {
  return { repositories, delayMs, one: await measureScans(1), three: await measureScans(3) };
}

async function measureScans(replicas: number): Promise<number> {
  await using world = await openWorld();
  await using redis = await redisServer();
  await using registry = await startRegistry({ repositories, delayMs });
  const watched = [];
  for (let index = 0; index < repositories; index += 1)
    watched.push(await beginRepository(index, registry.host, world));
  const settings = {
    RedisSettings: { Endpoint: redis.endpoint },
    RegistrySettings: { CacheDuration: "1s", Domains: { [registry.host]: { Insecure: true } } },
    ImageUpdateSettings: { Schedule: { DelaySeconds: 1 }, Repositories: watched.map((Url) => ({ Url })) },
  };
  const daemons = await Promise.all(
    Array.from({ length: replicas }, (_, number) =>
      world.daemon(settings, { name: `replica${number}`, patienceMs: 120_000 }),
    ),
  );
  await Promise.all(daemons.map((daemon) => daemon.waitFor("its start", ({ msg }) => msg.startsWith("talos runs"))));
  await daemons[0]?.waitFor("a scan of each", () => scannedCount(daemons[0]) === repositories);
  await registry.counts();
  const started = performance.now();
  await delay(windowMs);
  // One list of tags for each scan; digests are asked for by HEAD.
  const { get } = await registry.counts();
  return get / ((performance.now() - started) / 1000);
}

/** Each process tells the events of all. */
function scannedCount(daemon: RunningDaemon | undefined): number {
  return new Set(daemon?.lines.filter(({ kind }) => kind === "scan-finished").map(({ source }) => source)).size;
}

async function beginRepository(index: number, host: string, world: World): Promise<string> {
  const name = repositoryName(index);
  const { digest } = fixtureManifest(name, "1.9.0");
  const text = `services:\n  web:\n    image: ${host}/${name}:1.9.0@${digest}\n    x-tl: ^!\n`;
  return (await world.repository(`app${index}`, { "compose.yml": text })).path;
}
