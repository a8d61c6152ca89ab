import { parseRedisEndpoint, type RedisEndpoint } from "../../src/config/redis-endpoint.ts";

export function readEndpoint(text: string): RedisEndpoint {
  const reading = parseRedisEndpoint(text, 0);
  if (reading.kind === "invalid") throw new Error(reading.problem);
  return reading.endpoint;
}
