import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { Collection, StoredDocument } from "./store.ts";

export function createSqliteCollection(database: DatabaseSync, name: string): Collection {
  const read = database.prepare("SELECT key, value, version FROM document WHERE collection = ? AND key = ?");
  const readFrom = database.prepare(
    "SELECT key, value, version FROM document WHERE collection = ? AND key >= ? AND substr(key, 1, length(?)) = ? ORDER BY key",
  );
  const insert = database.prepare(
    "INSERT OR IGNORE INTO document (collection, key, value, version) VALUES (?, ?, ?, 1)",
  );
  const replace = database.prepare(
    "UPDATE document SET value = ?, version = version + 1 WHERE collection = ? AND key = ? AND version = ?",
  );
  const write = database.prepare(
    `INSERT INTO document (collection, key, value, version) VALUES (?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET value = excluded.value, version = version + 1`,
  );
  const remove = database.prepare("DELETE FROM document WHERE collection = ? AND key = ?");
  return {
    get: async (key) => {
      const row = read.get(name, key);
      return row === undefined ? undefined : parseRow(row);
    },
    list: async (prefix) => readFrom.all(name, prefix, prefix, prefix).map(parseRow),
    put: async (key, value, expectedVersion) => {
      const json = JSON.stringify(value);
      if (expectedVersion === undefined) return write.run(name, key, json).changes === 1;
      if (expectedVersion === 0) return insert.run(name, key, json).changes === 1;
      return replace.run(json, name, key, expectedVersion).changes === 1;
    },
    putAll: async (documents) => {
      database.exec("BEGIN IMMEDIATE");
      try {
        for (const { key, value } of documents) write.run(name, key, JSON.stringify(value));
        database.exec("COMMIT");
      } catch (error) {
        database.exec("ROLLBACK");
        throw error;
      }
    },
    delete: async (key) => void remove.run(name, key),
  };
}

function parseRow(row: Record<string, SQLOutputValue>): StoredDocument {
  return { key: String(row["key"]), value: JSON.parse(String(row["value"])), version: Number(row["version"]) };
}
