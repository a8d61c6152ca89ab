import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./sqlite-transaction.ts";
import type { Change, Lease, WriteOutcome } from "./store.ts";

type DocumentChange = Extract<Change, { readonly kind: "put" | "delete" }>;
type HoldsLease = (lease: Lease) => boolean;

/** Makes the changes in one transaction, with the look at the lease inside it. */
export function createSqliteWrite(database: DatabaseSync, holdsLease: HoldsLease) {
  const changeDocument = prepareDocumentChange(database);
  const append = prepareAppend(database);
  const count = prepareCount(database);
  const apply = (change: Change): boolean => {
    switch (change.kind) {
      case "put":
      case "delete":
        return changeDocument(change);
      case "append":
        append(change);
        return true;
      case "count":
        count(change);
        return true;
    }
  };
  return (changes: readonly Change[], lease?: Lease): WriteOutcome =>
    inTransaction<WriteOutcome>(database, (rollBack) => {
      if (lease !== undefined && !holdsLease(lease)) return rollBack("lease-lost");
      return changes.every(apply) ? "written" : rollBack("conflict");
    });
}

function prepareDocumentChange(database: DatabaseSync): (change: DocumentChange) => boolean {
  const readVersion = database.prepare("SELECT version FROM document WHERE collection = ? AND key = ?");
  const readDeleted = database.prepare("SELECT version FROM deleted_version WHERE collection = ?");
  const write = database.prepare(
    "INSERT OR REPLACE INTO document (collection, key, value, version) VALUES (?, ?, ?, ?)",
  );
  const remove = database.prepare("DELETE FROM document WHERE collection = ? AND key = ?");
  const keepDeleted = database.prepare(
    `INSERT INTO deleted_version (collection, version) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET version = max(version, excluded.version)`,
  );
  return (change) => {
    const { collection, key, expectedVersion } = change;
    const version = Number(readVersion.get(collection, key)?.["version"] ?? 0);
    if (expectedVersion !== undefined && expectedVersion !== version) return false;
    if (change.kind === "put") {
      const base = version > 0 ? version : Number(readDeleted.get(collection)?.["version"] ?? 0);
      write.run(collection, key, JSON.stringify(change.value ?? null), base + 1);
    } else if (version > 0) {
      keepDeleted.run(collection, version);
      remove.run(collection, key);
    }
    return true;
  };
}

function prepareAppend(database: DatabaseSync) {
  const nextPosition = database.prepare(
    `INSERT INTO log_end (log, position) VALUES (?, 1)
     ON CONFLICT DO UPDATE SET position = position + 1 RETURNING position`,
  );
  const insert = database.prepare("INSERT INTO log_entry (log, position, at_ms, value) VALUES (?, ?, ?, ?)");
  return (change: Extract<Change, { readonly kind: "append" }>): void => {
    const position = Number(nextPosition.get(change.log)?.["position"]);
    insert.run(change.log, position, change.atMs, JSON.stringify(change.value ?? null));
  };
}

function prepareCount(database: DatabaseSync) {
  const insert = database.prepare(
    "INSERT OR REPLACE INTO counted (sliding_window, id, at_ms, amount) VALUES (?, ?, ?, ?)",
  );
  const forget = database.prepare("DELETE FROM counted WHERE sliding_window = ? AND at_ms < ?");
  return (change: Extract<Change, { readonly kind: "count" }>): void => {
    insert.run(change.window, change.id, change.atMs, change.count);
    forget.run(change.window, change.atMs - change.keepSeconds * 1000);
  };
}
