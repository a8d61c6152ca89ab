import type * as z from "zod/mini";
import type { Change, Store, StoredDocument } from "./store.ts";

/** One collection of the store with the shape of its documents. Writing is by changes, for `Store.write`. */
export interface Documents<T> {
  get(key: string): Promise<KeptDocument<T> | undefined>;
  /** The same, as it was read before while it has not been written: shared by all who ask so. */
  getShared(key: string): Promise<KeptDocument<T> | undefined>;
  list(prefix: string): Promise<readonly KeptDocument<T>[]>;
  /** What does not have the shape: another version wrote it, or somebody's hand. */
  listUnreadable(prefix: string): Promise<readonly KeptDocument<string>[]>;
  /** `expectedVersion` 0: only where there is none; undefined: whatever is there. */
  put(key: string, value: T, expectedVersion?: number): Change;
  delete(key: string, expectedVersion?: number): Change;
}

export interface KeptDocument<T> {
  readonly key: string;
  readonly value: T;
  readonly version: number;
}

export function openDocuments<T extends object>(store: Store, name: string, schema: z.ZodMiniType<T>): Documents<T> {
  const collection = store.collection(name);
  // Only as long as memory is not needed for something else.
  const shared = new Map<string, WeakRef<KeptDocument<T>>>();
  const parse = (document: StoredDocument | undefined): KeptDocument<T> | undefined => {
    const parsed = schema.safeParse(document?.value);
    return document !== undefined && parsed.success ? { ...document, value: parsed.data } : undefined;
  };
  return {
    get: async (key) => parse(await collection.get(key)),
    async getShared(key) {
      const known = shared.get(key)?.deref();
      const found = known === undefined ? await collection.get(key) : await collection.getUnless(known.version, key);
      if (found === "same") return known;
      const read = parse(found);
      if (read === undefined) shared.delete(key);
      else shared.set(key, new WeakRef(read));
      return read;
    },
    async list(prefix) {
      return (await collection.list(prefix)).flatMap(({ key, value, version }) => {
        const parsed = schema.safeParse(value);
        return parsed.success ? [{ key, value: parsed.data, version }] : [];
      });
    },
    async listUnreadable(prefix) {
      return (await collection.list(prefix)).flatMap(({ key, value, version }) =>
        schema.safeParse(value).success ? [] : [{ key, value: JSON.stringify(value), version }],
      );
    },
    put: (key, value, expectedVersion) => ({ kind: "put", collection: name, key, value, expectedVersion }),
    delete: (key, expectedVersion) => ({ kind: "delete", collection: name, key, expectedVersion }),
  };
}
