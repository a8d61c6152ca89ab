import type { RedisConnection } from "./redis-connection.ts";
import type { Cache } from "./store.ts";

/** A value that cannot be written is forgotten: nobody may be waiting to hear of it. */
export function createRedisCache({ run }: RedisConnection, prefix: string, name: string): Cache {
  const keyOf = (key: string) => `${prefix}cache:${encodeURIComponent(name)}:${key}`;
  return {
    get: async (key) => {
      const json = await run((redis) => redis.get(keyOf(key)));
      return json === null ? undefined : JSON.parse(json);
    },
    put: async (key, value, ttlSeconds) => {
      const json = JSON.stringify(value ?? null);
      const ttlMs = Math.round(ttlSeconds * 1000);
      const written = run<unknown>((redis) =>
        ttlMs > 0 ? redis.set(keyOf(key), json, "PX", ttlMs) : redis.del(keyOf(key)),
      );
      await written.catch(() => undefined);
    },
  };
}
