import { join } from "node:path";
import { openDeliveryMemory } from "../../../src/delivery/delivery-memory.ts";
import type { TalosEvent } from "../../../src/events/event.ts";
import { openEvents } from "../../../src/events/events.ts";
import { openRedisStore } from "../../../src/store/redis-store.ts";
import { openSqliteStore } from "../../../src/store/sqlite-store.ts";
import type { Store } from "../../../src/store/store.ts";
import { readEndpoint } from "../../store/open-redis.ts";

/** Opens what a lane's daemons remember, for a look from outside. */
export type OpenLaneStore = () => Promise<Store>;

export function laneStore(folder: string, redisEndpoint: string | undefined): OpenLaneStore {
  return async () =>
    redisEndpoint === undefined
      ? openSqliteStore(join(folder, "data/talos.sqlite"))
      : openRedisStore({ endpoint: readEndpoint(redisEndpoint), onGone: () => undefined, onBack: () => undefined });
}

/** One line for each thing that should not be there when everything is delivered. */
export async function readLeftovers(open: OpenLaneStore): Promise<readonly string[]> {
  return look(open, async (store) => {
    const memory = openDeliveryMemory(store);
    const [queue, intentions, throttles, letters, quarantine] = await Promise.all([
      memory.queue.list(""),
      memory.intentions.list(""),
      memory.throttles.list(""),
      memory.deadLetters.list(""),
      memory.quarantine.list(""),
    ]);
    const reserved = throttles.filter(({ value }) => Object.keys(value.reserved).length > 0);
    return Object.entries({ queue, intentions, reserved, letters, quarantine }).flatMap(([kind, documents]) =>
      documents.map(({ key, value }) => `${kind}: ${key} ${JSON.stringify(value)}`),
    );
  });
}

export async function readEvents(open: OpenLaneStore): Promise<readonly TalosEvent[]> {
  return look(open, async (store) => (await openEvents(store).read(0, 1_000_000)).map(({ event }) => event));
}

/** Whether nobody holds it, as another process sees it. */
export async function isFree(open: OpenLaneStore, lease: string): Promise<boolean> {
  return look(open, async (store) => {
    await using taken = await store.takeLease(lease);
    return taken !== undefined;
  });
}

async function look<Result>(open: OpenLaneStore, work: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await open();
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
