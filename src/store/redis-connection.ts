import type { Redis } from "ioredis";
import type { RedisEndpoint } from "../config/redis-endpoint.ts";
import { currentTrace, inSpan } from "../telemetry/trace.ts";
import { toRedisOptions } from "./connect-redis.ts";
import { redisFailure } from "./redis-failure.ts";
import { redisScripts } from "./redis-scripts.ts";

/** How long a call waits for Redis to come back. */
const usualPatienceMs = 15_000;
/** A Redis that answers nothing for this long is left, and connected to anew. */
const silenceMs = 10_000;
const lastWordsMs = 1000;

export interface RedisConnectionOptions {
  readonly endpoint: RedisEndpoint;
  /** Redis went away, in one line: told once until it is back. */
  readonly onGone?: (text: string) => void;
  readonly onBack?: () => void;
  readonly patienceMs?: number;
}

export interface RedisConnection {
  /**
   * Sends a command, and sends it again when the connection was lost before the answer came: it must do no harm twice.
   * Fails with `store-unreachable` when Redis stays away.
   */
  readonly run: <Answer>(command: (redis: Redis) => Promise<Answer>, patienceMs?: number) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/**
 * One connection that comes back by itself. Neither of ioredis's own queues is used: what waits in them can still be sent
 * long after its caller was told that it failed.
 */
export async function openRedisConnection(options: RedisConnectionOptions): Promise<RedisConnection> {
  const { endpoint } = options;
  const { Redis } = await import("ioredis");
  const redis = new Redis({
    ...toRedisOptions(endpoint),
    scripts: { ...redisScripts },
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    socketTimeout: silenceMs,
  });
  traceCommands(redis);
  await connectFirst(redis, endpoint);
  const state = watchConnection(redis, options);

  const run: RedisConnection["run"] = async (command, patienceMs = options.patienceMs ?? usualPatienceMs) => {
    const until = performance.now() + patienceMs;
    while (!state.isClosed() && performance.now() < until) {
      using change = state.nextChange(until);
      const sent = redis.status === "ready" ? settle(command(redis)) : change.promise;
      const answer = await Promise.race([sent, change.promise]);
      if (answer === undefined) continue;
      if ("value" in answer) return answer.value;
      if (isReply(answer.error)) throw redisFailure(endpoint, answer.error);
      if (!isLost(answer.error)) throw answer.error;
      await change.promise;
    }
    throw redisFailure(endpoint, state.isClosed() ? new Error("the store was closed") : state.lastError());
  };
  const close = async (): Promise<void> => {
    if (!state.beginClosing()) return;
    if (redis.status === "ready") await quit(redis);
    state.close();
    redis.disconnect();
  };
  return { run, close };
}

/**
 * By its name alone: keys and values are left out. Commands that nobody in particular waits for (leases, followers of logs)
 * would be traces without end.
 */
function traceCommands(redis: Redis): void {
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
    if (currentTrace() === undefined) return send(command, stream);
    const name = command.name.toUpperCase();
    void inSpan("redis", name, { "db.system.name": "redis", "db.operation.name": name }, () => command.promise).catch(
      () => undefined,
    );
    return send(command, stream);
  };
}

/** The first connection tells what is wrong at once; later ones are tried for ever. */
async function connectFirst(redis: Redis, endpoint: RedisEndpoint): Promise<void> {
  const failed = Promise.withResolvers<never>();
  redis.once("error", failed.reject);
  try {
    await Promise.race([redis.connect(), failed.promise]);
    await redis.ping();
  } catch (error) {
    redis.on("error", () => {});
    redis.disconnect();
    throw redisFailure(endpoint, error);
  } finally {
    redis.off("error", failed.reject);
  }
}

function watchConnection(redis: Redis, options: RedisConnectionOptions) {
  const waiting = new Set<() => void>();
  let isClosing = false;
  let isClosed = false;
  let isGone = false;
  let lastError: unknown;
  const wakeAll = () => {
    for (const wake of waiting) wake();
  };
  redis.on("error", (error) => {
    lastError = error;
  });
  redis.on("close", () => {
    wakeAll();
    if (isGone || isClosing) return;
    isGone = true;
    options.onGone?.(redisFailure(options.endpoint, lastError ?? new Error("the connection was lost")).message);
  });
  redis.on("ready", () => {
    lastError = undefined;
    wakeAll();
    if (!isGone) return;
    isGone = false;
    options.onBack?.();
  });
  return {
    isClosed: () => isClosed,
    /** False: somebody has begun before. */
    beginClosing: () => {
      const isFirst = !isClosing;
      isClosing = true;
      return isFirst;
    },
    lastError: () => lastError ?? new Error("it does not answer"),
    close: () => {
      isClosed = true;
      wakeAll();
    },
    /** Resolves when the connection comes or goes, or it is too late. */
    nextChange: (until: number) => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const wake = () => resolve(undefined);
      const timer = setTimeout(wake, Math.max(0, until - performance.now()) + 1);
      const stop = () => {
        clearTimeout(timer);
        waiting.delete(wake);
      };
      waiting.add(wake);
      return { promise, [Symbol.dispose]: stop };
    },
  };
}

type Settled<Answer> = { readonly value: Answer } | { readonly error: unknown };

function settle<Answer>(sent: Promise<Answer>): Promise<Settled<Answer>> {
  return sent.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

function isReply(error: unknown): boolean {
  return error instanceof Error && error.name === "ReplyError";
}

/** How ioredis says that there is no connection, or none any more. */
function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /^(?:Connection is closed|Stream isn't writeable|Command aborted)/.test(error.message);
}

/** Waits for the answers that are still to come, but not for long. */
async function quit(redis: Redis): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, lastWordsMs);
  redis.once("close", () => resolve());
  redis.quit().catch(() => resolve());
  await promise;
  clearTimeout(timer);
}
