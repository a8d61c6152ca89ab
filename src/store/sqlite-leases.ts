import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { leaseLost } from "./lease-lost.ts";
import { mayRun, thisProcess } from "./running-process.ts";
import { inTransaction } from "./sqlite-transaction.ts";
import type { Lease } from "./store.ts";

const ttlMs = 15_000;
const renewEveryMs = 5000;

/** The stores that are open in this process: a lease of this process whose store is not among them is a leftover. */
const openInstances = new Set<string>();

interface HeldLease {
  readonly lease: Lease;
  readonly lose: () => void;
}

/**
 * A lease is a row that names its holder. A holder on this machine holds it for as long as its process runs, however
 * late it is with renewing; of one on another machine, which shares the file, only the expiry can be seen.
 */
export function createSqliteLeases(database: DatabaseSync, now: () => number) {
  const instance = randomUUID();
  const self = { ...thisProcess(), host: hostname() };
  const held = new Set<HeldLease>();
  const read = database.prepare("SELECT * FROM lease WHERE name = ?");
  const write = database.prepare(
    `INSERT OR REPLACE INTO lease (name, fence, instance, pid, started, host, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const find = database.prepare("SELECT 1 FROM lease WHERE name = ? AND fence = ? AND instance = ?");
  const renew = database.prepare("UPDATE lease SET expires_at = ? WHERE name = ? AND fence = ? AND instance = ?");
  const release = database.prepare("UPDATE lease SET instance = NULL WHERE name = ? AND fence = ? AND instance = ?");
  openInstances.add(instance);

  const isHeld = ({ name, fence }: Lease) => find.get(name, fence, instance) !== undefined;

  const takeRow = (name: string): number | undefined =>
    inTransaction<number | undefined>(database, (rollBack) => {
      const row = read.get(name);
      if (row !== undefined && isTaken(row, self.host, now())) return rollBack(undefined);
      const fence = Number(row?.["fence"] ?? 0) + 1;
      write.run(name, fence, instance, self.pid, self.started ?? null, self.host, now() + ttlMs);
      return fence;
    });

  const take = (name: string): Lease | undefined => {
    const fence = takeRow(name);
    if (fence === undefined) return undefined;
    const lost = new AbortController();
    const end = () => {
      clearInterval(timer);
      held.delete(entry);
    };
    const lose = () => {
      end();
      lost.abort(leaseLost(name));
    };
    const timer = setInterval(() => {
      if (!keepUp(() => renew.run(now() + ttlMs, name, fence, instance).changes === 1)) lose();
    }, renewEveryMs).unref();
    const giveBack = async () => {
      end();
      if (database.isOpen) release.run(name, fence, instance);
    };
    const lease: Lease = { name, fence, signal: lost.signal, [Symbol.asyncDispose]: giveBack };
    const entry = { lease, lose };
    held.add(entry);
    return lease;
  };

  const close = (): void => {
    for (const { lease, lose } of held) {
      lose();
      release.run(lease.name, lease.fence, instance);
    }
    openInstances.delete(instance);
  };
  return { take, isHeld, close };
}

/** A file that is busy for long loses nobody a lease: whoever would take it has to write to it too. */
function keepUp(renew: () => boolean): boolean {
  try {
    return renew();
  } catch {
    return true;
  }
}

function isTaken(row: Record<string, SQLOutputValue>, thisHost: string, now: number): boolean {
  const instance = row["instance"];
  if (instance === null || instance === undefined) return false;
  if (row["host"] !== thisHost) return Number(row["expires_at"]) > now;
  const pid = Number(row["pid"]);
  if (pid === process.pid) return openInstances.has(String(instance));
  return mayRun({ pid, started: row["started"] === null ? undefined : String(row["started"]) });
}
