import type { Store } from "../../src/store/store.ts";

/** One process of Talos. What it begins after its death never comes to an end, as with `kill -9`. */
export interface Life {
  isDead(): boolean;
  die(): void;
  /** It dies when so many more steps (writes, commits, pushes) are done. */
  dieAfter(steps: number): void;
  /** Something that leaves a trace outside of the process. */
  step<T>(work: () => Promise<T>): Promise<T>;
  /** Something that only looks. */
  look<T>(work: () => Promise<T>): Promise<T>;
}

export function createLife(): Life {
  let left = Number.POSITIVE_INFINITY;
  const never = () => new Promise<never>(() => undefined);
  const look = async <T>(work: () => Promise<T>): Promise<T> => {
    if (left <= 0) return never();
    const result = await work();
    return left <= 0 ? never() : result;
  };
  return {
    isDead: () => left <= 0,
    die: () => {
      left = 0;
    },
    dieAfter: (steps) => {
      left = steps;
    },
    look,
    step: (work) =>
      look(async () => {
        const result = await work();
        left -= 1;
        return result;
      }),
  };
}

/** The store as one process sees it; `release` gives back its leases when it is dead, as SQLite does. */
export function mortalStore(
  store: Store,
  life: Life,
): { readonly store: Store; readonly release: () => Promise<void> } {
  const leases = new Set<AsyncDisposable>();
  const mortal: Store = {
    ...store,
    collection(name) {
      const collection = store.collection(name);
      return {
        get: (key) => life.look(() => collection.get(key)),
        getUnless: (version, key) => life.look(() => collection.getUnless(version, key)),
        list: (prefix) => life.look(() => collection.list(prefix)),
        revision: () => life.look(() => collection.revision()),
        put: (key, value, expected) => life.step(() => collection.put(key, value, expected)),
        putAll: (documents) => life.step(() => collection.putAll(documents)),
        delete: (key) => life.step(() => collection.delete(key)),
      };
    },
    write: (changes, lease) => life.step(() => store.write(changes, lease)),
    takeLease: (name) =>
      life.look(async () => {
        const lease = await store.takeLease(name);
        if (lease === undefined) return undefined;
        leases.add(lease);
        return {
          ...lease,
          async [Symbol.asyncDispose]() {
            if (life.isDead()) return;
            leases.delete(lease);
            await lease[Symbol.asyncDispose]();
          },
        };
      }),
  };
  return {
    store: mortal,
    async release() {
      for (const lease of leases) await lease[Symbol.asyncDispose]();
    },
  };
}
