import { mkdirSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { TalosError } from "../talos-error.ts";
import { loadSqlite } from "./load-sqlite.ts";
import { migrate } from "./schema.ts";

/** SQLite's own result codes (sqlite.org/rescode.html). */
const corruptCode = 11;
const notADatabaseCode = 26;

interface OpenOptions {
  readonly onNotice: (text: string) => void;
  readonly now: () => number;
  readonly busyTimeoutMs: number;
}

export function openDatabase(path: string, options: OpenOptions): DatabaseSync {
  try {
    if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSound(path, options);
  } catch (error) {
    if (error instanceof TalosError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new TalosError("store-unusable", `The store ${path} cannot be opened: ${reason}.`, {
      hint: "Check that the folder exists, belongs to this user and is not full.",
      cause: error,
    });
  }
}

function openSound(path: string, options: OpenOptions): DatabaseSync {
  try {
    return openExisting(path, options);
  } catch (error) {
    if (!isDamage(error)) throw error;
    const aside = setAside(path, options.now());
    options.onNotice(`The store ${path} was damaged and is now ${aside}; Talos goes on with an empty one.`);
    return openExisting(path, options);
  }
}

function openExisting(path: string, { busyTimeoutMs }: OpenOptions): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    migrate(database, path);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    checkSound(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** About 0.5 ms per megabyte. */
function checkSound(database: DatabaseSync): void {
  const answer = database.prepare("PRAGMA quick_check(1)").get();
  if (answer?.["quick_check"] !== "ok") throw Object.assign(new Error("damaged"), { errcode: corruptCode });
}

function isDamage(error: unknown): boolean {
  if (!(error instanceof Error) || !("errcode" in error)) return false;
  const code = Number(error.errcode) & 0xff;
  return code === corruptCode || code === notADatabaseCode;
}

function setAside(path: string, now: number): string {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const aside = `${path}.corrupt-${time}`;
  renameSync(path, aside);
  for (const ending of ["-wal", "-shm"]) renameWhenThere(path + ending, aside + ending);
  return aside;
}

function renameWhenThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}
