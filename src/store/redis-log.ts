import type { LogFollowers } from "./follow-log.ts";
import type { RedisConnection } from "./redis-connection.ts";
import type { Log, LogEntry } from "./store.ts";

export function createRedisLog({ run }: RedisConnection, prefix: string, name: string, followers: LogFollowers): Log {
  const key = `${prefix}log:${name}`;
  const read: Log["read"] = async (after, limit) => {
    if (limit < 1) return [];
    const entries = await run((redis) => redis.xrange(key, `${after + 1}-0`, "+", "COUNT", limit));
    return entries.map(parseEntry);
  };
  const latest: Log["latest"] = async (limit) => {
    if (limit < 1) return [];
    const entries = await run((redis) => redis.xrevrange(key, "+", "-", "COUNT", limit));
    return entries.map(parseEntry).reverse();
  };
  return {
    read,
    latest,
    follow: (after, signal) => followers.follow({ read, latest }, after, signal),
    trim: async (beforeMs) => void (await run((redis) => redis.talosTrim(prefix, name, beforeMs))),
  };
}

/** `<position>-0`, and the fields `at` and `value`. */
function parseEntry([id, fields]: readonly [string, readonly string[]]): LogEntry {
  return { position: Number(id.replace("-0", "")), atMs: Number(fields[1]), value: JSON.parse(fields[3] ?? "null") };
}
