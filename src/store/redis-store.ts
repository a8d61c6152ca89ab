import { createLogFollowers } from "./follow-log.ts";
import { createRedisCache } from "./redis-cache.ts";
import { createRedisCollection } from "./redis-collection.ts";
import { openRedisConnection, type RedisConnection, type RedisConnectionOptions } from "./redis-connection.ts";
import { createRedisLeases } from "./redis-leases.ts";
import { createRedisLog } from "./redis-log.ts";
import { findRedisNotices } from "./redis-notices.ts";
import { createRedisWindow } from "./redis-window.ts";
import { writeToRedis } from "./redis-write.ts";
import type { Store } from "./store.ts";

const leaseTtlMs = 10_000;

export interface RedisStoreOptions extends RedisConnectionOptions {
  /** Before the name of every key; `talos:` by default. */
  readonly prefix?: string;
  /** Told, in one line, what a person should know about this Redis. */
  readonly onNotice?: (text: string) => void;
  readonly leaseTtlMs?: number;
}

/**
 * The store in Redis, for several processes on several machines. It needs Redis 6.2 or newer, or Valkey; one server, no
 * cluster. How long a write survives a crash of Redis is up to its own persistence settings.
 * Fails with a TalosError `store-unreachable` when Redis cannot be used now.
 */
export async function openRedisStore(options: RedisStoreOptions): Promise<Store> {
  const { prefix = "talos:" } = options;
  const connection = await openRedisConnection(options);
  await tellNotices(connection, options);
  const leases = createRedisLeases(connection, prefix, options.leaseTtlMs ?? leaseTtlMs);
  const followers = createLogFollowers();
  const write: Store["write"] = async (changes, lease) => {
    const token = lease && leases.tokenOf(lease);
    if (lease !== undefined && token === undefined) return "lease-lost";
    const held = lease === undefined || token === undefined ? undefined : { name: lease.name, token };
    const outcome = await writeToRedis(connection, prefix, changes, held);
    if (outcome === "written" && changes.some(({ kind }) => kind === "append")) followers.tell();
    return outcome;
  };
  return {
    collection: (name) => createRedisCollection(connection, prefix, name, write),
    log: (name) => createRedisLog(connection, prefix, name, followers),
    window: (name) => createRedisWindow(connection, prefix, name),
    cache: (name) => createRedisCache(connection, prefix, name),
    takeLease: leases.take,
    write,
    close: async () => {
      followers.close();
      leases.close();
      await connection.close();
    },
  };
}

/** A user who may not ask for them gets none. */
async function tellNotices(connection: RedisConnection, options: RedisStoreOptions): Promise<void> {
  const info = await connection.run((redis) => redis.info()).catch(() => undefined);
  const notices = info === undefined ? [] : findRedisNotices(options.endpoint, info);
  for (const notice of notices) options.onNotice?.(notice);
}
