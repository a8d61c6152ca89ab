import type { DatabaseSync } from "node:sqlite";
import { TalosError } from "../talos-error.ts";

/** Marks a database file as ours ("TALS"), in SQLite's own header field. */
const applicationId = 0x54414c53;

/** Step n leads from schema version n to n + 1. Steps that were released never change; new ones are added at the end. */
const migrations: readonly string[] = [
  `CREATE TABLE document (
     collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, version INTEGER NOT NULL,
     PRIMARY KEY (collection, key)
   ) WITHOUT ROWID;
   CREATE TABLE cache_entry (
     cache TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, expires_at INTEGER NOT NULL,
     PRIMARY KEY (cache, key)
   ) WITHOUT ROWID;
   CREATE INDEX cache_entry_expires_at ON cache_entry (expires_at);`,
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

function readVersion(database: DatabaseSync, path: string): number {
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
