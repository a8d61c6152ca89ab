import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Collection, Store, StoredDocument } from "./store.ts";

interface CollectionPorts {
  readonly write: Store["write"];
  /** How often this process has written to it. */
  readonly ownWrites: () => number;
}

export function createSqliteCollection(
  database: DatabaseSync,
  collection: string,
  { write, ownWrites }: CollectionPorts,
): Collection {
  const read = database.prepare("SELECT key, value, version FROM document WHERE collection = ? AND key = ?");
  const readUnless = database.prepare(
    "SELECT key, CASE version WHEN ? THEN NULL ELSE value END AS value, version FROM document WHERE collection = ? AND key = ?",
  );
  const readFrom = database.prepare(
    "SELECT key, value, version FROM document WHERE collection = ? AND key >= ? AND substr(key, 1, length(?)) = ? ORDER BY key",
  );
  // Another number after every commit of another connection to the file, and no other (sqlite.org/pragma.html).
  const readDataVersion = database.prepare("PRAGMA data_version");
  return {
    get: async (key) => {
      const row = read.get(collection, key);
      return row === undefined ? undefined : parseRow(row);
    },
    getUnless: async (version, key) => {
      const row = readUnless.get(version, collection, key);
      if (row === undefined) return undefined;
      return row["value"] === null ? "same" : parseRow(row);
    },
    list: async (prefix) => readFrom.all(collection, prefix, prefix, prefix).map(parseRow),
    revision: async () => `${Number(readDataVersion.get()?.["data_version"])} ${ownWrites()}`,
    put: async (key, value, expectedVersion) =>
      (await write([{ kind: "put", collection, key, value, expectedVersion }])) === "written",
    putAll: async (entries) => void (await write(entries.map((entry) => ({ kind: "put", collection, ...entry })))),
    delete: async (key) => void (await write([{ kind: "delete", collection, key }])),
  };
}

function parseRow(row: Record<string, SQLOutputValue>): StoredDocument {
  return { key: String(row["key"]), value: JSON.parse(String(row["value"])), version: Number(row["version"]) };
}
