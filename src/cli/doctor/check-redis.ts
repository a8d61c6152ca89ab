import { parseRedisEndpoint } from "../../config/redis-endpoint.ts";
import type { Config } from "../../config/schema.ts";
import { inspectRedis, type RedisFacts } from "../../store/inspect-redis.ts";
import { type Finding, fails, notes, passes } from "./finding.ts";

const name = "redis";
/** The first with what BullMQ and the store ask for. */
const oldest = 6.2;

export async function checkRedis(
  { Endpoint, DefaultDatabase }: Config["RedisSettings"],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  if (Endpoint === undefined) return [];
  const reading = parseRedisEndpoint(Endpoint.reveal(), DefaultDatabase);
  if (reading.kind === "invalid") return [fails(name, `RedisSettings.Endpoint ${reading.problem}`, undefined)];
  const { host, port } = reading.endpoint;
  const found = await inspectRedis(reading.endpoint, signal);
  if (found.kind === "failed")
    return [
      fails(name, `${host}:${port} cannot be used: ${found.reason}`, "check RedisSettings.Endpoint and the server"),
    ];
  return judge(`${host}:${port}`, found.facts);
}

function judge(place: string, { version, evictionPolicy, isPersistent }: RedisFacts): readonly Finding[] {
  if (Number.parseFloat(version) < oldest)
    return [fails(name, `${place} is version ${version}`, `Talos needs Redis ${oldest} or newer, or Valkey`)];
  const findings = [passes(name, `${place} answers, version ${version}`)];
  if (evictionPolicy !== "noeviction")
    findings.push(
      fails(
        name,
        `${place} throws keys away when its memory is full (maxmemory-policy ${evictionPolicy})`,
        "set maxmemory-policy noeviction: what Talos remembers there is no cache",
      ),
    );
  if (!isPersistent)
    findings.push(
      notes(name, `${place} keeps nothing on disk`, "set appendonly yes, or its restart forgets queue and decisions"),
    );
  return findings;
}
