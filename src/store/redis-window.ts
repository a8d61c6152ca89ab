import type { RedisConnection } from "./redis-connection.ts";
import type { SlidingWindow } from "./store.ts";

export function createRedisWindow({ run }: RedisConnection, prefix: string, name: string): SlidingWindow {
  return {
    since: async (atMs) => {
      const rows = await run((redis) => redis.talosSince(prefix, name, atMs));
      return rows.flatMap((id, index) =>
        index % 3 === 0 ? [{ id, atMs: Number(rows[index + 1]), count: Number(rows[index + 2]) }] : [],
      );
    },
  };
}
