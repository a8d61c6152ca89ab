// Several `talos run` on one Redis watch many repositories. Releases appear one after the other, and whenever somebody is at
// work on one, a process is killed and started again.
import type { TalosEvent } from "../../src/events/event.ts";
import { openEvents } from "../../src/events/events.ts";
import { openRedisStore } from "../../src/store/redis-store.ts";
import type { RunningDaemon } from "../daemon/run-daemon.ts";
import type { WatchedRepository, World } from "../daemon/world.ts";
import type { RedisServer } from "../parties/redis-server.ts";
import { readEndpoint } from "../store/open-redis.ts";

export interface ShareSetup {
  readonly replicas: number;
  readonly repositories: number;
  readonly kills: number;
  /** How many repositories get a new version for each process that is killed. */
  readonly releasesPerKill: number;
}

export interface SharedWork extends AsyncDisposable {
  readonly repositories: readonly SharedRepository[];
  /** In the order of the log. */
  events(): Promise<readonly TalosEvent[]>;
  /** The number of the latest version is what comes after the last point. */
  releaseAndKill(): Promise<void>;
  stop(): Promise<void>;
}

interface SharedRepository extends WatchedRepository {
  readonly name: string;
  /** The image of the latest release. */
  latest: string;
  version: number;
}

export async function shareWork(world: World, redis: RedisServer, setup: ShareSetup): Promise<SharedWork> {
  const repositories = await Promise.all(
    Array.from({ length: setup.repositories }, (_, number) => beginRepository(number, world)),
  );
  const settings = writeSettings(repositories, world, redis);
  const start = (name: string) => world.daemon(settings, { name, patienceMs: 60_000 });
  const names = Array.from({ length: setup.replicas }, (_, number) => `replica${number}`);
  const replicas = await Promise.all(names.map(start));
  const store = await openRedisStore({ endpoint: readEndpoint(redis.endpoint) });
  const eventsOf = openEvents(store);
  await Promise.all(replicas.map((replica) => replica.waitFor("its start", isStart)));
  return {
    repositories,
    events: async () => (await eventsOf.read(0, 1_000_000)).map(({ event }) => event),
    async releaseAndKill() {
      for (let kill = 0; kill < setup.kills; kill += 1) {
        const seen = replicas.map(({ lines }) => lines.length);
        for (let count = 0; count < setup.releasesPerKill; count += 1) {
          const repository = repositories[(kill * setup.releasesPerKill + count) % repositories.length];
          if (repository !== undefined) await release(repository, world);
        }
        // Each process tells the events of all.
        await Promise.any(
          replicas.map((replica, at) => replica.waitFor("work", ({ kind }) => kind === "queued", seen[at])),
        );
        await replaceOne(replicas, names, kill % setup.replicas, start);
      }
    },
    async stop() {
      for (const replica of replicas) await replica.stop();
    },
    async [Symbol.asyncDispose]() {
      await store.close();
    },
  };
}

const isStart = ({ msg }: { readonly msg: string }) => msg.startsWith("talos runs");

async function replaceOne(
  replicas: RunningDaemon[],
  names: readonly string[],
  at: number,
  start: (name: string) => Promise<RunningDaemon>,
): Promise<void> {
  await replicas[at]?.kill();
  const replica = await start(names[at] ?? "");
  replicas[at] = replica;
  await replica.waitFor("its start", isStart);
}

async function beginRepository(number: number, world: World): Promise<SharedRepository> {
  const name = `app${number}`;
  const { host } = world.registry;
  const { digest } = await world.registry.push({ repository: name, tags: ["1.0.0"], content: "0" });
  const latest = `${host}/${name}:1.0.0@${digest}`;
  const text = `services:\n  ${name}:\n    image: ${latest}\n    x-tl: ^!\n`;
  const watched = await world.repository(name, { "compose.yml": text });
  return { ...watched, name, latest, version: 0 };
}

async function release(repository: SharedRepository, { registry }: World): Promise<void> {
  repository.version += 1;
  const { name, version } = repository;
  const { digest } = await registry.push({ repository: name, tags: [`1.0.${version}`], content: String(version) });
  repository.latest = `${registry.host}/${name}:1.0.${version}@${digest}`;
}

/** Throttled, so that there are reservations, and never short of room. */
function writeSettings(repositories: readonly SharedRepository[], { registry }: World, redis: RedisServer): object {
  return {
    RedisSettings: { Endpoint: redis.endpoint },
    UpdateThrottlingSettings: { Domains: { [registry.host]: { Limit: 100_000, Per: "Day" } } },
    RegistrySettings: { CacheDuration: "1s" },
    ImageUpdateSettings: {
      Schedule: { DelaySeconds: 2 },
      Repositories: repositories.map(({ path }) => ({ Url: path })),
    },
  };
}
