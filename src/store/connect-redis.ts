import { isIP } from "node:net";
import type { RedisOptions } from "ioredis";
import type { RedisEndpoint } from "../config/redis-endpoint.ts";

/** The longest pause between two attempts to connect. */
const longestPauseMs = 2000;

/** What ioredis needs to reach that Redis: it comes back for ever, over IPv4 or IPv6, and checks certificates. */
export function toRedisOptions(endpoint: RedisEndpoint): RedisOptions & { readonly replyMapping: "legacy" } {
  return {
    host: endpoint.host,
    port: endpoint.port,
    family: 0,
    db: endpoint.database,
    username: endpoint.username,
    password: endpoint.password?.reveal(),
    tls: endpoint.tls ? { ...(isIP(endpoint.host) === 0 && { servername: endpoint.host }) } : undefined,
    connectTimeout: 5000,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 10), longestPauseMs),
    maxRetriesPerRequest: null,
    replyMapping: "legacy",
  };
}
