import type { DatabaseSync } from "node:sqlite";
import { TalosError } from "../talos-error.ts";
import { loadSqlite } from "./load-sqlite.ts";
import { readVersion } from "./schema.ts";

export type DatabaseInspection =
  | { readonly kind: "sound"; readonly version: number }
  | { readonly kind: "unusable"; readonly text: string; readonly hint: string | undefined };

/** Looks at a store's file without changing it: neither migrated nor, when it is damaged, set aside. */
export function inspectDatabase(path: string): DatabaseInspection {
  const { DatabaseSync } = loadSqlite();
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
    const version = readVersion(database, path);
    const answer = database.prepare("PRAGMA quick_check(1)").get();
    if (answer?.["quick_check"] === "ok") return { kind: "sound", version };
    return damaged(path, String(answer?.["quick_check"]));
  } catch (error) {
    if (error instanceof TalosError) return { kind: "unusable", text: error.message, hint: error.hint };
    return damaged(path, error instanceof Error ? error.message : String(error));
  } finally {
    database?.close();
  }
}

function damaged(path: string, reason: string): DatabaseInspection {
  const hint =
    "Talos sets a damaged file aside when it starts, and begins with an empty one; restore a backup to keep what it knew.";
  return { kind: "unusable", text: `the store ${path} cannot be read: ${reason}`, hint };
}
