import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import type { LogFollowers } from "./follow-log.ts";
import type { Log, LogEntry } from "./store.ts";

export function createSqliteLog(database: DatabaseSync, name: string, followers: LogFollowers): Log {
  const readAfter = database.prepare(
    "SELECT position, at_ms, value FROM log_entry WHERE log = ? AND position > ? ORDER BY position LIMIT ?",
  );
  const readLatest = database.prepare(
    "SELECT position, at_ms, value FROM log_entry WHERE log = ? ORDER BY position DESC LIMIT ?",
  );
  const trim = database.prepare("DELETE FROM log_entry WHERE log = ? AND at_ms < ?");
  const read: Log["read"] = async (after, limit) => readAfter.all(name, after, limit).map(parseRow);
  return {
    read,
    latest: async (limit) => readLatest.all(name, limit).map(parseRow).reverse(),
    follow: (after, signal) => followers.follow({ read }, after, signal),
    trim: async (beforeMs) => void trim.run(name, beforeMs),
  };
}

function parseRow(row: Record<string, SQLOutputValue>): LogEntry {
  return {
    position: Number(row["position"]),
    atMs: Number(row["at_ms"]),
    value: JSON.parse(String(row["value"])),
  };
}
