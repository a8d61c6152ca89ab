const last = new Map<string, Promise<unknown>>();

/** Runs what has the same key one after the other. */
export function inTurn<T>(key: string, task: () => Promise<T>): Promise<T> {
  const before = last.get(key) ?? Promise.resolve();
  const result = before.then(task, task);
  last.set(key, result);
  const forget = () => {
    if (last.get(key) === result) last.delete(key);
  };
  void result.then(forget, forget);
  return result;
}
