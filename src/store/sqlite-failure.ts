import { TalosError } from "../talos-error.ts";

/** SQLite's own result codes (sqlite.org/rescode.html): what may pass without anybody doing anything to the file. */
const passing = new Map([
  [5, "another process has been writing to it for too long"],
  [10, "the disk fails"],
  [13, "the disk is full"],
]);

/** Does the work; what SQLite cannot do now but perhaps later becomes a TalosError `store-unreachable`. */
export function withSqliteFailures<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : undefined;
    const reason = code === undefined ? undefined : passing.get(code);
    if (reason === undefined) throw error;
    throw new TalosError("store-unreachable", `The store ${path} cannot be written: ${reason}.`, {
      retryable: true,
      cause: error,
    });
  }
}
