import type { RedisEndpoint } from "../config/redis-endpoint.ts";
import { toRedisOptions } from "./connect-redis.ts";

export interface RedisFacts {
  readonly version: string;
  /** `noeviction` is the one that loses nothing. */
  readonly evictionPolicy: string;
  /** By an append-only file or by snapshots. */
  readonly isPersistent: boolean;
}

export type RedisInspection =
  | { readonly kind: "answered"; readonly facts: RedisFacts }
  /** `reason` holds no secret. */
  | { readonly kind: "failed"; readonly reason: string };

/** One connection, one try; it changes nothing. */
export async function inspectRedis(endpoint: RedisEndpoint, signal: AbortSignal): Promise<RedisInspection> {
  const { Redis } = await import("ioredis");
  const redis = new Redis({
    ...toRedisOptions(endpoint),
    lazyConnect: true,
    retryStrategy: () => null,
    disconnectTimeout: 100,
  });
  let reason: string | undefined;
  redis.on("error", (error: Error) => (reason ??= describe(error)));
  const stop = () => redis.disconnect();
  signal.addEventListener("abort", stop, { once: true });
  try {
    await redis.connect();
    const info = parseInfo(await redis.info());
    const snapshots = await redis.config("GET", "save").then(
      (answer) => Array.isArray(answer) && String(answer[1] ?? "") !== "",
      // Servers that do not let themselves be asked are looked after by others.
      () => true,
    );
    return {
      kind: "answered",
      facts: {
        version: info.get("redis_version") ?? "0",
        evictionPolicy: info.get("maxmemory_policy") ?? "noeviction",
        isPersistent: info.get("aof_enabled") === "1" || snapshots,
      },
    };
  } catch (error) {
    return { kind: "failed", reason: reason ?? describe(error) };
  } finally {
    signal.removeEventListener("abort", stop);
    redis.disconnect();
  }
}

function parseInfo(text: string): ReadonlyMap<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.includes(":"));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]));
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError) return describe(error.errors[0]);
  return error.message;
}
