import type { DatabaseSync } from "node:sqlite";
import { createLogFollowers } from "./follow-log.ts";
import { openDatabase } from "./open-database.ts";
import { createSqliteCaches } from "./sqlite-cache.ts";
import { createSqliteCollection } from "./sqlite-collection.ts";
import { withSqliteFailures } from "./sqlite-failure.ts";
import { createSqliteLeases } from "./sqlite-leases.ts";
import { createSqliteLog } from "./sqlite-log.ts";
import { createSqliteWindow } from "./sqlite-window.ts";
import { createSqliteWrite } from "./sqlite-write.ts";
import type { Store } from "./store.ts";

export interface SqliteStoreOptions {
  /** Told, in one line, what a person should know: a damaged file was set aside. */
  readonly onNotice?: (text: string) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** How long one process waits for another's write; 5 s by default. */
  readonly busyTimeoutMs?: number;
}

/**
 * The store in one SQLite file: the default. Several processes may have it open at once.
 * A write to a collection is on the disk when its promise resolves; cache entries of one tick are written together and
 * may be lost when the power fails. A damaged file is renamed, never deleted.
 * Throws a TalosError `store-unusable` for a file that cannot be used.
 */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Store {
  const now = options.now ?? Date.now;
  const { onNotice = () => {}, busyTimeoutMs = 5000 } = options;
  const database = openDatabase(path, { onNotice, now, busyTimeoutMs });
  const caches = createSqliteCaches(database, now);
  const leases = createSqliteLeases(database, now);
  const followers = createLogFollowers();
  const ownWrites = new Map<string, number>();
  const writeChanges = createSqliteWrite(database, leases.isHeld);
  const write: Store["write"] = async (changes, lease) => {
    const outcome = withSqliteFailures(path, () => writeChanges(changes, lease));
    if (outcome !== "written") return outcome;
    for (const change of changes) if ("collection" in change) countUp(ownWrites, change.collection);
    if (changes.some(({ kind }) => kind === "append")) followers.tell();
    return outcome;
  };
  return {
    collection: (name) => createSqliteCollection(database, name, { write, ownWrites: () => ownWrites.get(name) ?? 0 }),
    log: (name) => createSqliteLog(database, name, followers),
    window: (name) => createSqliteWindow(database, name),
    cache: (name) => caches.open(name),
    takeLease: async (name) => withSqliteFailures(path, () => leases.take(name)),
    write,
    close: async () => {
      followers.close();
      closeDatabase(database, [leases.close, caches.flush]);
    },
  };
}

function countUp(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function closeDatabase(database: DatabaseSync, lastWrites: readonly (() => void)[]): void {
  if (!database.isOpen) return;
  try {
    for (const write of lastWrites) write();
  } finally {
    database.close();
  }
}
