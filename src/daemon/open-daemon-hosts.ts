import { setTimeout as delay } from "node:timers/promises";
import type { Config } from "../config/schema.ts";
import type { OpenHosts } from "../hosts/open-hosts.ts";
import type { DaemonLog } from "./daemon-log.ts";

/** Who has no hosts does not load what they need. */
export async function openDaemonHosts(config: Config, log: DaemonLog): Promise<OpenHosts> {
  if (Object.keys(config.DockerSettings.Hosts).length === 0)
    return { all: [], connect: () => undefined, [Symbol.asyncDispose]: async () => undefined };
  const { openHosts } = await import("../hosts/open-hosts.ts");
  const pause = (milliseconds: number, signal: AbortSignal) => delay(milliseconds, undefined, { signal });
  return openHosts(config, { now: Date.now, random: Math.random, pause, log });
}
