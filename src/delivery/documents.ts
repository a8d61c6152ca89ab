import type * as z from "zod/mini";
import type { Change, Store } from "../store/store.ts";

/** One collection of the store with the shape of its documents. Writing is by changes, for `Store.write`. */
export interface Documents<T> {
  get(key: string): Promise<KeptDocument<T> | undefined>;
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

export function openDocuments<T>(store: Store, name: string, schema: z.ZodMiniType<T>): Documents<T> {
  const collection = store.collection(name);
  return {
    async get(key) {
      const document = await collection.get(key);
      const parsed = schema.safeParse(document?.value);
      return document !== undefined && parsed.success
        ? { key, value: parsed.data, version: document.version }
        : undefined;
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
