import { hostname } from "node:os";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { thisProcess } from "./running-process.ts";
import { migrate } from "./schema.ts";
import { createSqliteLeases } from "./sqlite-leases.ts";

let database: DatabaseSync;
let time = 0;
beforeEach(() => {
  time = 1_000_000;
  database = new DatabaseSync(":memory:");
  migrate(database, ":memory:");
});
afterEach(() => {
  vi.useRealTimers();
  database.close();
});

const open = () => createSqliteLeases(database, () => time);

/** The lease `a`, as if somebody else had taken it. */
function heldBy(holder: { pid?: number; host?: string; started?: string | null }): void {
  const { pid = process.pid, host = hostname(), started = thisProcess().started ?? null } = { ...holder };
  database.prepare("INSERT INTO lease VALUES ('a', 7, 'someone', ?, ?, ?, ?)").run(pid, started, host, time + 15_000);
}

test("Stores that are open in one process take nothing from each other.", () => {
  const [one, other] = [open(), open()];
  expect(one.take("a")?.fence).toBe(1);
  expect(other.take("a")).toBeUndefined();
  one.close();
  expect(other.take("a")?.fence).toBe(2);
  other.close();
});

test("A holder on this machine keeps its lease while its process runs, however late it renews.", () => {
  heldBy({ pid: process.ppid, started: null });
  time += 3_600_000;
  expect(open().take("a")).toBeUndefined();
});

test.each([
  ["whose process is gone", { pid: 2 ** 22 + 1 }],
  ["with our id, of a store that is not open any more", {}],
])("A lease %s is taken at once.", (_, holder) => {
  heldBy(holder);
  expect(open().take("a")?.fence).toBe(8);
});

test.runIf(process.platform === "linux")(
  "A lease whose process id belongs to another one now is taken at once.",
  () => {
    heldBy({ pid: process.ppid, started: "1" });
    expect(open().take("a")?.fence).toBe(8);
  },
);

test("A lease of another machine is taken when it has expired, and not before.", () => {
  heldBy({ host: "elsewhere", pid: 2 ** 22 + 1 });
  time += 14_999;
  expect(open().take("a")).toBeUndefined();
  time += 1;
  expect(open().take("a")?.fence).toBe(8);
});

test("A lease renews itself, and tells when it was taken away.", () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const leases = open();
  const lease = leases.take("a");
  time += 5000;
  vi.advanceTimersByTime(5000);
  expect(database.prepare("SELECT expires_at FROM lease").get()).toEqual({ expires_at: time + 15_000 });
  expect(lease?.signal.aborted).toBe(false);
  database.exec("UPDATE lease SET fence = 9, instance = 'other'");
  vi.advanceTimersByTime(5000);
  expect(lease?.signal.reason).toMatchObject({ code: "lease-lost" });
  leases.close();
  expect(database.prepare("SELECT instance FROM lease").get()).toEqual({ instance: "other" });
});
