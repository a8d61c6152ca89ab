import type { DatabaseSync } from "node:sqlite";
import type { SlidingWindow } from "./store.ts";

export function createSqliteWindow(database: DatabaseSync, name: string): SlidingWindow {
  const since = database.prepare(
    "SELECT id, at_ms, amount FROM counted WHERE sliding_window = ? AND at_ms >= ? ORDER BY at_ms, id",
  );
  return {
    since: async (atMs) =>
      since.all(name, atMs).map((row) => ({
        id: String(row["id"]),
        atMs: Number(row["at_ms"]),
        count: Number(row["amount"]),
      })),
  };
}
