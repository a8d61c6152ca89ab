import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseRedisEndpoint, type RedisEndpoint } from "../config/redis-endpoint.ts";
import type { Config } from "../config/schema.ts";
import { openRedisStore } from "../store/redis-store.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { Store } from "../store/store.ts";
import { TalosError } from "../talos-error.ts";

interface StoreListener {
  readonly onNotice: (text: string) => void;
  readonly onGone: (text: string) => void;
  readonly onBack: () => void;
}

const retryMs = 1000;

/**
 * Redis where one is configured, else one SQLite file in the data directory. The directory is made when it is missing. A
 * Redis that is not up yet, as where both are started together, is waited for until `signal` is aborted.
 */
export async function openDaemonStore(config: Config, listener: StoreListener, signal: AbortSignal): Promise<Store> {
  const folder = config.DataDirectory;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TalosError("store-unusable", `The data directory ${folder} cannot be used: ${reason}`, {
      hint: "DataDirectory names it; the user Talos runs as needs to be able to write there.",
      cause,
    });
  }
  const endpoint = redisEndpoint(config);
  if (endpoint === undefined) return openSqliteStore(join(folder, "talos.sqlite"), { onNotice: listener.onNotice });
  return waitForRedis(() => openRedisStore({ endpoint, ...listener }), listener, signal);
}

async function waitForRedis(open: () => Promise<Store>, listener: StoreListener, signal: AbortSignal): Promise<Store> {
  for (let isTold = false; ; isTold = true) {
    try {
      const store = await open();
      if (isTold) listener.onBack();
      return store;
    } catch (error) {
      if (!(error instanceof TalosError) || !error.retryable) throw error;
      if (!isTold) listener.onGone(error.message);
      await delay(retryMs, undefined, { signal });
    }
  }
}

/** undefined: none is configured. What cannot be read was refused with the configuration. */
export function redisEndpoint({ RedisSettings }: Config): RedisEndpoint | undefined {
  if (RedisSettings.Endpoint === undefined) return undefined;
  const reading = parseRedisEndpoint(RedisSettings.Endpoint.reveal(), RedisSettings.DefaultDatabase);
  return reading.kind === "valid" ? reading.endpoint : undefined;
}
