import type { Operation } from "../../operations/operation.ts";

/** One operation that is running. */
interface Run {
  readonly operation: Operation;
  /** Who started it. */
  readonly userId: string;
  readonly signal: AbortSignal;
  cancel(): void;
}

/** The operations that are running now, by the ids of their Cancel buttons. */
export interface Runs {
  begin(operation: Operation, userId: string): Run & { readonly id: string } & Disposable;
  find(id: string): Run | undefined;
  cancelAll(): void;
}

export function createRuns(newId: () => string): Runs {
  const running = new Map<string, Run>();
  return {
    begin(operation, userId) {
      const id = newId();
      const stop = new AbortController();
      const run: Run = { operation, userId, signal: stop.signal, cancel: () => stop.abort() };
      running.set(id, run);
      return { ...run, id, [Symbol.dispose]: () => void running.delete(id) };
    },
    find: (id) => running.get(id),
    cancelAll: () => running.forEach((run) => run.cancel()),
  };
}
