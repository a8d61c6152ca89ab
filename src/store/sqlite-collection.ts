import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Collection, Store, StoredDocument } from "./store.ts";

export function createSqliteCollection(database: DatabaseSync, collection: string, write: Store["write"]): Collection {
  const read = database.prepare("SELECT key, value, version FROM document WHERE collection = ? AND key = ?");
  const readUnless = database.prepare(
    "SELECT key, CASE version WHEN ? THEN NULL ELSE value END AS value, version FROM document WHERE collection = ? AND key = ?",
  );
  const readFrom = database.prepare(
    "SELECT key, value, version FROM document WHERE collection = ? AND key >= ? AND substr(key, 1, length(?)) = ? ORDER BY key",
  );
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
    put: async (key, value, expectedVersion) =>
      (await write([{ kind: "put", collection, key, value, expectedVersion }])) === "written",
    putAll: async (entries) => void (await write(entries.map((entry) => ({ kind: "put", collection, ...entry })))),
    delete: async (key) => void (await write([{ kind: "delete", collection, key }])),
  };
}

function parseRow(row: Record<string, SQLOutputValue>): StoredDocument {
  return { key: String(row["key"]), value: JSON.parse(String(row["value"])), version: Number(row["version"]) };
}
