import type { DatabaseSync } from "node:sqlite";

/**
 * All or nothing, with the right to write from the first statement on: nobody else writes between a look and a change.
 * `rollBack` takes everything back and is what the work answers then.
 */
export function inTransaction<Result>(
  database: DatabaseSync,
  work: (rollBack: (result: Result) => Result) => Result,
): Result {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work((answer) => {
      database.exec("ROLLBACK");
      return answer;
    });
    if (database.isTransaction) database.exec("COMMIT");
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
