import type { DatabaseSync } from "node:sqlite";
import { TalosError } from "../talos-error.ts";

/** Marks a database file as ours ("TALS"), in SQLite's own header field. */
const applicationId = 0x54414c53;

/** Step n leads from schema version n to n + 1. Steps that were released never change; new ones are added at the end. */
const migrations: readonly string[] = [
  // Version 1: documents and caches.
  `CREATE TABLE document (
     collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, version INTEGER NOT NULL,
     PRIMARY KEY (collection, key)
   ) WITHOUT ROWID;
   CREATE TABLE cache_entry (
     cache TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, expires_at INTEGER NOT NULL,
     PRIMARY KEY (cache, key)
   ) WITHOUT ROWID;
   CREATE INDEX cache_entry_expires_at ON cache_entry (expires_at);`,
  // Version 2: the highest version of a collection's deleted documents; logs, each with its last position; what was
  // counted; leases, whose fence stays when nobody holds them.
  `CREATE TABLE deleted_version (collection TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE log_entry (
     log TEXT NOT NULL, position INTEGER NOT NULL, at_ms INTEGER NOT NULL, value TEXT NOT NULL,
     PRIMARY KEY (log, position)
   ) WITHOUT ROWID;
   CREATE INDEX log_entry_at_ms ON log_entry (log, at_ms);
   CREATE TABLE log_end (log TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TABLE counted (
     sliding_window TEXT NOT NULL, id TEXT NOT NULL, at_ms INTEGER NOT NULL, amount INTEGER NOT NULL,
     PRIMARY KEY (sliding_window, id)
   ) WITHOUT ROWID;
   CREATE INDEX counted_at_ms ON counted (sliding_window, at_ms);
   CREATE TABLE lease (
     name TEXT PRIMARY KEY, fence INTEGER NOT NULL, instance TEXT, pid INTEGER, started TEXT, host TEXT,
     expires_at INTEGER
   ) WITHOUT ROWID;`,
];

/** Brings the file to the version this program writes; refuses one that a newer or another program wrote. */
export function migrate(database: DatabaseSync, path: string): void {
  if (readVersion(database, path) === migrations.length) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    for (const step of migrations.slice(readVersion(database, path))) database.exec(step);
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

/** Throws for a file that a newer Talos or another program wrote. */
export function readVersion(database: DatabaseSync, path: string): number {
  const version = readPragma(database, "user_version");
  const owner = readPragma(database, "application_id");
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
  if (owner !== applicationId && !isEmpty)
    throw new TalosError("store-unusable", `The store ${path} cannot be used: it is a database of another program.`, {
      hint: "Give Talos a file of its own.",
    });
  if (version > migrations.length)
    throw new TalosError(
      "store-unusable",
      `The store ${path} cannot be used: a newer Talos wrote it (format ${version}; this one knows up to ${migrations.length}).`,
      { hint: "Install the newer Talos again, or give this one another file." },
    );
  return version;
}

function readPragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}
