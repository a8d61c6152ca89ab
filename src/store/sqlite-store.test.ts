import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSqliteStore } from "./sqlite-store.ts";
import { describeStoreContract } from "./store-contract.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "talos-store-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describeStoreContract("SQLite", () => {
  let time = 1_000_000;
  return {
    store: openSqliteStore(join(folder, "deep", "er", "talos.db"), { now: () => time }),
    passSeconds: (seconds) => {
      time += seconds * 1000;
    },
  };
});

test("What was written is there after a restart.", async () => {
  const path = join(folder, "talos.db");
  const store = openSqliteStore(path);
  await store.collection("verdicts").put("a", "kept");
  void store.cache("tags").put("a", "kept", 60);
  await store.close();
  const again = openSqliteStore(path);
  expect((await again.collection("verdicts").get("a"))?.value).toBe("kept");
  expect(await again.cache("tags").get("a")).toBe("kept");
  await again.close();
});

test("Two stores may have one file open, and see each other's writes.", async () => {
  const path = join(folder, "talos.db");
  const [one, other] = [openSqliteStore(path), openSqliteStore(path)];
  await one.collection("x").put("a", 1, 0);
  expect(await other.collection("x").put("a", 2, 0)).toBe(false);
  await other.cache("x").put("b", 3, 60);
  expect(await one.cache("x").get("b")).toBe(3);
  await Promise.all([one.close(), other.close()]);
});

test("A collection has another revision when another process has written to it.", async () => {
  const path = join(folder, "talos.db");
  const [one, other] = [openSqliteStore(path), openSqliteStore(path)];
  const revisions = new Set<unknown>();
  const note = async () => revisions.add(await one.collection("x").revision());
  await note();
  for (const [write, step] of [one, other, one, other, other].entries()) {
    await step.collection("x").put("a", write);
    await note();
  }
  expect(revisions.size).toBe(6);
  await Promise.all([one.close(), other.close()]);
});

test("Expired cache entries leave the file.", async () => {
  let time = 0;
  const path = join(folder, "talos.db");
  const first = openSqliteStore(path, { now: () => time });
  await Promise.all(Array.from({ length: 50 }, (_, index) => first.cache("x").put(`${index}`, index, 60)));
  await first.close();
  time = 120_000;
  await openSqliteStore(path, { now: () => time }).close();
  expect(countCacheEntries(path)).toBe(0);
});

test("Expired cache entries leave the file of a process that runs for long.", async () => {
  let time = 0;
  const path = join(folder, "talos.db");
  const store = openSqliteStore(path, { now: () => time });
  for (let round = 0; round < 10; round += 1) {
    const keys = Array.from({ length: 500 }, (_, index) => `${round}-${index}`);
    await Promise.all(keys.map((key) => store.cache("x").put(key, key, 60)));
    time += 120_000;
  }
  await store.close();
  expect(countCacheEntries(path)).toBeLessThan(2500);
});

test("A file of a newer version is refused, with advice, and stays as it is.", async () => {
  const path = join(folder, "talos.db");
  await openSqliteStore(path).close();
  withDatabase(path, (database) => database.exec("PRAGMA user_version = 99"));
  const before = readFileSync(path);
  expect(() => openSqliteStore(path)).toThrow(
    expect.objectContaining({
      code: "store-unusable",
      message: expect.stringMatching(/talos\.db cannot be used: a newer Talos wrote it \(format 99; .*\)/),
      hint: expect.stringContaining("Install the newer Talos"),
    }),
  );
  expect(readFileSync(path)).toEqual(before);
});

test("A file of the first version keeps its documents and learns the rest.", async () => {
  const path = join(folder, "talos.db");
  withDatabase(path, (database) =>
    database.exec(`
      CREATE TABLE document (
        collection TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, version INTEGER NOT NULL,
        PRIMARY KEY (collection, key)
      ) WITHOUT ROWID;
      CREATE TABLE cache_entry (
        cache TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, expires_at INTEGER NOT NULL,
        PRIMARY KEY (cache, key)
      ) WITHOUT ROWID;
      CREATE INDEX cache_entry_expires_at ON cache_entry (expires_at);
      INSERT INTO document VALUES ('sightings', 'a', '"kept"', 4);
      PRAGMA application_id = ${0x54414c53}; PRAGMA user_version = 1;`),
  );
  const store = openSqliteStore(path);
  expect(await store.collection("sightings").get("a")).toEqual({ key: "a", value: "kept", version: 4 });
  await store.write([{ kind: "append", log: "events", value: 1, atMs: 1 }]);
  expect(await store.log("events").latest(1)).toHaveLength(1);
  await store.close();
});

test("A file that another process keeps busy for too long is told as a failure that may pass.", async () => {
  const path = join(folder, "talos.db");
  const store = openSqliteStore(path, { busyTimeoutMs: 50 });
  const other = new DatabaseSync(path);
  other.exec("BEGIN IMMEDIATE");
  await expect(store.write([])).rejects.toMatchObject({ code: "store-unreachable", retryable: true });
  await expect(store.takeLease("a")).rejects.toMatchObject({ code: "store-unreachable", retryable: true });
  void store.cache("tags").put("a", 1, 60);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  other.exec("ROLLBACK");
  other.close();
  expect(await store.write([])).toBe("written");
  await store.close();
});

test("A database of another program is refused and stays as it is.", () => {
  const path = join(folder, "other.db");
  withDatabase(path, (database) => database.exec("CREATE TABLE theirs (a)"));
  const before = readFileSync(path);
  expect(() => openSqliteStore(path)).toThrow(expect.objectContaining({ code: "store-unusable" }));
  expect(readFileSync(path)).toEqual(before);
});

test.each([
  ["is no database", () => Buffer.from("this is not a database, but long enough to look at twice")],
  [
    "lost its middle",
    (whole: Buffer) => Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(whole.length - 4096, 7)]),
  ],
  ["was cut off", (whole: Buffer) => whole.subarray(0, Math.floor(whole.length / 2))],
])("A file that %s is set aside, told, and never deleted.", async (_, damage) => {
  const path = join(folder, "talos.db");
  const sound = openSqliteStore(path);
  for (let index = 0; index < 200; index += 1) await sound.collection("x").put(`${index}`, "some text".repeat(20));
  await sound.close();
  const damaged = damage(readFileSync(path));
  writeFileSync(path, damaged);

  const notices: string[] = [];
  const store = openSqliteStore(path, {
    onNotice: (text) => notices.push(text),
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
  });
  expect(await store.collection("x").get("1")).toBeUndefined();
  await store.collection("x").put("1", "new");
  await store.close();

  expect(notices).toEqual([
    `The store ${path} was damaged and is now ${path}.corrupt-20260102T030405Z; Talos goes on with an empty one.`,
  ]);
  expect(readdirSync(folder)).toContain("talos.db.corrupt-20260102T030405Z");
  expect(readFileSync(`${path}.corrupt-20260102T030405Z`)).toEqual(damaged);
});

test("A path that cannot be a file is refused with the reason.", () => {
  writeFileSync(join(folder, "file"), "");
  expect(() => openSqliteStore(join(folder, "file", "talos.db"))).toThrow(
    expect.objectContaining({ code: "store-unusable", message: expect.stringContaining("cannot be opened") }),
  );
  chmodSync(folder, 0o700);
  expect(() => openSqliteStore(folder)).toThrow(expect.objectContaining({ code: "store-unusable" }));
});

test("A killed process loses no document whose write had ended.", () => {
  const path = join(folder, "talos.db");
  const script = `
    const { openSqliteStore } = await import(${JSON.stringify(new URL("./sqlite-store.ts", import.meta.url).href)});
    const store = openSqliteStore(${JSON.stringify(path)});
    await store.collection("x").put("a", "kept");
    process.kill(process.pid, "SIGKILL");`;
  const run = () => execFileSync(process.execPath, ["--input-type=module", "-e", script], { stdio: "pipe" });
  expect(run).toThrow(expect.objectContaining({ signal: "SIGKILL", stderr: Buffer.alloc(0) }));
  withDatabase(path, (database) =>
    expect(database.prepare("SELECT value FROM document").get()).toEqual({ value: '"kept"' }),
  );
});

function countCacheEntries(path: string): number {
  return withDatabase(path, (database) =>
    Number(database.prepare("SELECT count(*) AS n FROM cache_entry").get()?.["n"]),
  );
}

function withDatabase<T>(path: string, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path);
  try {
    return use(database);
  } finally {
    database.close();
  }
}
