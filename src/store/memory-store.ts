import type { Cache, Collection, Store, StoredDocument } from "./store.ts";

/** A store that forgets everything when the process ends: for `--no-cache` and for tests. */
export function createMemoryStore(options: { readonly now?: () => number } = {}): Store {
  const now = options.now ?? Date.now;
  const collections = new Map<string, Collection>();
  const caches = new Map<string, Cache>();
  return {
    collection: (name) => openOnce(collections, name, () => createCollection()),
    cache: (name) => openOnce(caches, name, () => createCache(now)),
    close: async () => {},
  };
}

function openOnce<T>(opened: Map<string, T>, name: string, open: () => T): T {
  const known = opened.get(name) ?? open();
  opened.set(name, known);
  return known;
}

/** Values are kept as JSON text, so that a reader gets a copy and exactly what a file would give. */
function createCollection(): Collection {
  const rows = new Map<string, { readonly json: string; readonly version: number }>();
  const read = (key: string): StoredDocument | undefined => {
    const row = rows.get(key);
    return row === undefined ? undefined : { key, value: JSON.parse(row.json), version: row.version };
  };
  return {
    get: async (key) => read(key),
    list: async (prefix) =>
      [...rows.keys()]
        .filter((key) => key.startsWith(prefix))
        .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        .flatMap((key) => read(key) ?? []),
    put: async (key, value, expectedVersion) => {
      const version = rows.get(key)?.version ?? 0;
      if (expectedVersion !== undefined && expectedVersion !== version) return false;
      rows.set(key, { json: JSON.stringify(value), version: version + 1 });
      return true;
    },
    putAll: async (documents) => {
      for (const { key, value } of documents)
        rows.set(key, { json: JSON.stringify(value), version: (rows.get(key)?.version ?? 0) + 1 });
    },
    delete: async (key) => void rows.delete(key),
  };
}

function createCache(now: () => number): Cache {
  const rows = new Map<string, { readonly json: string; readonly expiresAt: number }>();
  return {
    get: async (key) => {
      const row = rows.get(key);
      if (row === undefined) return undefined;
      if (row.expiresAt > now()) return JSON.parse(row.json);
      rows.delete(key);
      return undefined;
    },
    put: async (key, value, ttlSeconds) => {
      rows.set(key, { json: JSON.stringify(value), expiresAt: now() + ttlSeconds * 1000 });
    },
  };
}
