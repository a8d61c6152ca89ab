import type { StatementResultingChanges } from "node:sqlite";

/**
 * Preloaded into a daemon, which it ends right before or right after one of the writes of the SQLite file, as
 * TALOS_DIE_AT_WRITE says: `before 7`.
 */
const { DatabaseSync, StatementSync } = process.getBuiltinModule("node:sqlite");
const [moment, step] = (process.env["TALOS_DIE_AT_WRITE"] ?? "").split(" ");
const exec: (sql: string) => void = Reflect.get(DatabaseSync.prototype, "exec");
const run = Reflect.get(StatementSync.prototype, "run") as (...values: unknown[]) => StatementResultingChanges;
let isInTransaction = false;
let writes = 0;

DatabaseSync.prototype.exec = function (sql) {
  if (/\bBEGIN\b/.test(sql)) isInTransaction = true;
  if (/\b(COMMIT|ROLLBACK)\b/.test(sql)) isInTransaction = false;
  return sql === "COMMIT" ? dieAround(() => Reflect.apply(exec, this, [sql])) : Reflect.apply(exec, this, [sql]);
};
StatementSync.prototype.run = function (...values: readonly unknown[]) {
  const write = () => Reflect.apply(run, this, values);
  return isInTransaction ? write() : dieAround(write);
};

function dieAround<Result>(write: () => Result): Result {
  writes += 1;
  const isHere = writes === Number(step);
  if (isHere && moment === "before") process.kill(process.pid, "SIGKILL");
  const result = write();
  if (isHere) process.kill(process.pid, "SIGKILL");
  return result;
}
