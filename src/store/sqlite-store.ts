import type { DatabaseSync } from "node:sqlite";
import { openDatabase } from "./open-database.ts";
import { createSqliteCaches } from "./sqlite-cache.ts";
import { createSqliteCollection } from "./sqlite-collection.ts";
import type { Store } from "./store.ts";

export interface SqliteStoreOptions {
  /** Told, in one line, what a person should know: a damaged file was set aside. */
  readonly onNotice?: (text: string) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * The store in one SQLite file: the default. Several processes may have it open at once.
 * A write to a collection is on the disk when its promise resolves; cache entries of one tick are written together and
 * may be lost when the power fails. A damaged file is renamed, never deleted.
 * Throws a TalosError `store-unusable` for a file that cannot be used.
 */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Store {
  const now = options.now ?? Date.now;
  const database = openDatabase(path, { onNotice: options.onNotice ?? (() => {}), now });
  const caches = createSqliteCaches(database, now);
  return {
    collection: (name) => createSqliteCollection(database, name),
    cache: (name) => caches.open(name),
    close: async () => closeDatabase(database, caches.flush),
  };
}

function closeDatabase(database: DatabaseSync, flush: () => void): void {
  if (!database.isOpen) return;
  try {
    flush();
  } finally {
    database.close();
  }
}
