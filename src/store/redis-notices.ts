import type { RedisEndpoint } from "../config/redis-endpoint.ts";
import { formatRedisAddress } from "./redis-failure.ts";

/** What `INFO` says that a person should know, a line each. */
export function findRedisNotices(endpoint: RedisEndpoint, info: string): readonly string[] {
  const fields = new Map(info.split(/\r?\n/).map((line): [string, string] => splitField(line)));
  const version = fields.get("redis_version") ?? "";
  const policy = fields.get("maxmemory_policy") ?? "noeviction";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const redis = `Redis at ${formatRedisAddress(endpoint)}`;
  const notices: string[] = [];
  if (major < 6 || (major === 6 && minor < 2))
    notices.push(`${redis} is version ${version || "unknown"}; Talos needs 6.2 or newer.`);
  if (policy !== "noeviction")
    notices.push(`${redis} may drop what Talos keeps: set its maxmemory-policy, now ${policy}, to noeviction.`);
  return notices;
}

function splitField(line: string): [string, string] {
  const at = line.indexOf(":");
  return [line.slice(0, at), line.slice(at + 1)];
}
