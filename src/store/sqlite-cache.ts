import type { DatabaseSync } from "node:sqlite";
import type { Cache } from "./store.ts";

interface PendingEntry {
  readonly cache: string;
  readonly key: string;
  readonly json: string;
  readonly expiresAt: number;
}

/** Expired entries are removed when the store opens and again after this many writes. */
const writesBetweenCleanings = 2000;

/** All caches of one file. What is put within one tick is written in one transaction; `flush` writes it now. */
export function createSqliteCaches(database: DatabaseSync, now: () => number) {
  const read = database.prepare("SELECT value FROM cache_entry WHERE cache = ? AND key = ? AND expires_at > ?");
  const write = database.prepare(
    "INSERT OR REPLACE INTO cache_entry (cache, key, value, expires_at) VALUES (?, ?, ?, ?)",
  );
  const removeExpired = database.prepare("DELETE FROM cache_entry WHERE expires_at <= ?");
  const pending = new Map<string, PendingEntry>();
  let writes = 0;
  let written: Promise<void> | undefined;

  const flush = (): void => {
    const entries = [...pending.values()];
    pending.clear();
    written = undefined;
    if (entries.length === 0 || !database.isOpen) return;
    inOneTransaction(database, () => {
      for (const entry of entries) write.run(entry.cache, entry.key, entry.json, entry.expiresAt);
      writes += entries.length;
      if (writes < writesBetweenCleanings) return;
      writes = 0;
      removeExpired.run(now());
    });
  };

  inOneTransaction(database, () => removeExpired.run(now()));
  return { flush, open };

  function open(cache: string): Cache {
    return {
      get: async (key) => {
        const waiting = pending.get(`${cache}\0${key}`);
        if (waiting !== undefined) return waiting.expiresAt > now() ? JSON.parse(waiting.json) : undefined;
        const row = read.get(cache, key, now());
        return row === undefined ? undefined : JSON.parse(String(row["value"]));
      },
      put: (key, value, ttlSeconds) => {
        const expiresAt = Math.round(now() + ttlSeconds * 1000);
        pending.set(`${cache}\0${key}`, { cache, key, json: JSON.stringify(value), expiresAt });
        if (written === undefined) {
          written = nextTick().then(flush);
          // Nobody may be waiting to hear that it failed.
          written.catch(() => {});
        }
        return written;
      },
    };
  }
}

function nextTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Cache entries need no flush to the disk: what is lost is asked again. Collections keep the full guarantee. */
function inOneTransaction(database: DatabaseSync, write: () => void): void {
  database.exec("PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE");
  try {
    write();
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  } finally {
    database.exec("PRAGMA synchronous = FULL");
  }
}
