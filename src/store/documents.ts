import type * as z from "zod/mini";
import type { Change, Store, StoredDocument } from "./store.ts";

/**
 * One collection of the store with the shape of its documents. Writing is by changes, for `Store.write`. What has not been
 * written since it was read before is not read again, but shared by all who ask.
 */
export interface Documents<T> {
  get(key: string): Promise<KeptDocument<T> | undefined>;
  /** For what is large and asked for often. */
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

interface Listed<T> {
  readonly readable: readonly KeptDocument<T>[];
  readonly unreadable: readonly KeptDocument<string>[];
}

/** Only as long as memory is not needed for something else. `revision`: of the collection before it was read. */
interface Remembered<T extends object> {
  readonly revision: string | undefined;
  readonly value: WeakRef<T>;
}

export function openDocuments<T extends object>(store: Store, name: string, schema: z.ZodMiniType<T>): Documents<T> {
  const collection = store.collection(name);
  const shared = new Map<string, Remembered<KeptDocument<T>>>();
  const lists = new Map<string, Remembered<Listed<T>>>();
  const parse = (document: StoredDocument | undefined): KeptDocument<T> | undefined => {
    const parsed = schema.safeParse(document?.value);
    return document !== undefined && parsed.success ? { ...document, value: parsed.data } : undefined;
  };
  // The revision is asked for before what is read: that may be newer than it says, never older.
  const list = async (prefix: string): Promise<Listed<T>> => {
    const revision = await collection.revision();
    const known = recall(lists.get(prefix), revision);
    if (known !== undefined) return known;
    const listed = sortOut(await collection.list(prefix), parse);
    if (revision !== undefined) lists.set(prefix, { revision, value: new WeakRef(listed) });
    return listed;
  };
  return {
    get: async (key) => parse(await collection.get(key)),
    async getShared(key) {
      const revision = await collection.revision();
      const remembered = shared.get(key);
      const unchanged = recall(remembered, revision);
      if (unchanged !== undefined) return unchanged;
      const known = remembered?.value.deref();
      const found = known === undefined ? await collection.get(key) : await collection.getUnless(known.version, key);
      const read = found === "same" ? known : parse(found);
      if (read === undefined) shared.delete(key);
      else shared.set(key, { revision, value: new WeakRef(read) });
      return read;
    },
    list: async (prefix) => (await list(prefix)).readable,
    listUnreadable: async (prefix) => (await list(prefix)).unreadable,
    put: (key, value, expectedVersion) => ({ kind: "put", collection: name, key, value, expectedVersion }),
    delete: (key, expectedVersion) => ({ kind: "delete", collection: name, key, expectedVersion }),
  };
}

function recall<T extends object>(known: Remembered<T> | undefined, revision: string | undefined): T | undefined {
  return revision !== undefined && known?.revision === revision ? known.value.deref() : undefined;
}

function sortOut<T>(
  documents: readonly StoredDocument[],
  parse: (document: StoredDocument) => KeptDocument<T> | undefined,
): Listed<T> {
  const readable: KeptDocument<T>[] = [];
  const unreadable: KeptDocument<string>[] = [];
  for (const document of documents) {
    const parsed = parse(document);
    if (parsed === undefined) unreadable.push({ ...document, value: JSON.stringify(document.value) });
    else readable.push(parsed);
  }
  return { readable, unreadable };
}
