import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { leaseLost } from "./lease-lost.ts";
import type { RedisConnection } from "./redis-connection.ts";
import type { Lease } from "./store.ts";

/**
 * A lease is a key that holds its holder's token and expires by the server's clock. The holder renews it three times in
 * its life, and counts it as lost when no renewal was answered in that life: by then another may hold it.
 */
export function createRedisLeases({ run }: RedisConnection, prefix: string, ttlMs: number) {
  const tokens = new WeakMap<Lease, string>();
  const held = new Map<Lease, () => void>();

  /** With the time of its sending, before which its life in Redis has not begun. */
  const timed = async (command: (redis: Redis) => Promise<number>): Promise<Timed> => {
    let sentAt = performance.now();
    const answer = await run((redis) => {
      sentAt = performance.now();
      return command(redis);
    });
    return { answer, sentAt };
  };
  /** One that cannot be given back soon expires. */
  const giveBack = async (name: string, token: string): Promise<void> => {
    const given = run((redis) => redis.talosGiveLeaseBack(prefix, name, token), 2000);
    await given.catch(() => undefined);
  };
  const take = async (name: string): Promise<Lease | undefined> => {
    const token = randomUUID();
    const lost = new AbortController();
    const fence = await timed((redis) => redis.talosTakeLease(prefix, name, token, ttlMs));
    if (fence.answer === 0) return undefined;
    const lease: Lease = {
      name,
      fence: fence.answer,
      signal: lost.signal,
      [Symbol.asyncDispose]: async () => {
        if (!held.has(lease)) return;
        renewal.stop();
        held.delete(lease);
        await giveBack(name, token);
      },
    };
    const renew = () => timed((redis) => redis.talosRenewLease(prefix, name, token, ttlMs));
    const renewal = keepRenewing(renew, fence.sentAt, ttlMs, () => {
      held.delete(lease);
      lost.abort(leaseLost(name));
    });
    tokens.set(lease, token);
    held.set(lease, renewal.lose);
    return lease;
  };
  const close = (): void => {
    for (const [lease, lose] of held) {
      void giveBack(lease.name, tokens.get(lease) ?? "");
      lose();
    }
  };
  return { take, close, tokenOf: (lease: Lease) => tokens.get(lease) };
}

interface Timed {
  readonly answer: number;
  readonly sentAt: number;
}

function keepRenewing(renew: () => Promise<Timed>, takenAt: number, ttlMs: number, onLost: () => void) {
  let isRenewing = false;
  let isStopped = false;
  let expiry = setTimeout(lose, takenAt + ttlMs - performance.now()).unref();
  const timer = setInterval(() => void attempt(), ttlMs * 0.3).unref();
  return { lose, stop };

  async function attempt(): Promise<void> {
    if (isRenewing) return;
    isRenewing = true;
    const renewed = await renew().catch(() => undefined);
    isRenewing = false;
    if (isStopped || renewed === undefined) return;
    if (renewed.answer === 0) return lose();
    clearTimeout(expiry);
    expiry = setTimeout(lose, renewed.sentAt + ttlMs - performance.now()).unref();
  }
  function stop(): void {
    isStopped = true;
    clearInterval(timer);
    clearTimeout(expiry);
  }
  function lose(): void {
    stop();
    onLost();
  }
}
