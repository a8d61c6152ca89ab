import { createLogFollowers } from "./follow-log.ts";
import { leaseLost } from "./lease-lost.ts";
import { createMemoryContents, type MemoryContents } from "./memory-contents.ts";
import { writeToMemory } from "./memory-write.ts";
import type { Cache, Collection, Lease, SlidingWindow, Store, StoredDocument } from "./store.ts";

/** A store that forgets everything when the process ends: for `--no-cache` and for tests. */
export function createMemoryStore(options: { readonly now?: () => number } = {}): Store {
  const now = options.now ?? Date.now;
  const contents = createMemoryContents();
  const followers = createLogFollowers();
  const leases = createLeases();
  const write: Store["write"] = async (changes, lease) => {
    if (lease !== undefined && !leases.isHeld(lease)) return "lease-lost";
    const outcome = writeToMemory(contents, changes);
    if (outcome === "written" && changes.some(({ kind }) => kind === "append")) followers.tell();
    return outcome;
  };
  return {
    collection: (name) => openCollection(contents, name, write),
    log: (name) => {
      const entries = () => contents.logs.get(name)?.entries ?? [];
      const read = async (after: number, limit: number) =>
        entries()
          .filter(({ position }) => position > after)
          .slice(0, limit)
          .map(({ json, ...entry }) => ({ ...entry, value: JSON.parse(json) }));
      return {
        read,
        latest: async (limit) => read(entries().at(-limit - 1)?.position ?? 0, limit),
        follow: (after, signal) => followers.follow({ read }, after, signal),
        trim: async (beforeMs) => {
          const log = contents.logs.get(name);
          if (log !== undefined) log.entries = log.entries.filter(({ atMs }) => atMs >= beforeMs);
        },
      };
    },
    window: (name) => openWindow(contents, name),
    cache: (name) => openCache(contents, name, now),
    takeLease: async (name) => leases.take(name),
    write,
    close: async () => {
      leases.close();
      followers.close();
    },
  };
}

function openCollection(
  { documents, revisions }: MemoryContents,
  collection: string,
  write: Store["write"],
): Collection {
  const read = (key: string): StoredDocument | undefined => {
    const row = documents.get(collection)?.get(key);
    return row === undefined ? undefined : { key, value: JSON.parse(row.json), version: row.version };
  };
  return {
    get: async (key) => read(key),
    getUnless: async (version, key) => (documents.get(collection)?.get(key)?.version === version ? "same" : read(key)),
    list: async (prefix) =>
      [...(documents.get(collection)?.keys() ?? [])]
        .filter((key) => key.startsWith(prefix))
        .sort(compareBytes)
        .flatMap((key) => read(key) ?? []),
    revision: async () => String(revisions.get(collection) ?? 0),
    put: async (key, value, expectedVersion) =>
      (await write([{ kind: "put", collection, key, value, expectedVersion }])) === "written",
    putAll: async (entries) => void (await write(entries.map((entry) => ({ kind: "put", collection, ...entry })))),
    delete: async (key) => void (await write([{ kind: "delete", collection, key }])),
  };
}

function openWindow({ windows }: MemoryContents, name: string): SlidingWindow {
  return {
    since: async (atMs) =>
      [...(windows.get(name)?.values() ?? [])]
        .filter((counted) => counted.atMs >= atMs)
        .sort((a, b) => a.atMs - b.atMs || compareBytes(a.id, b.id)),
  };
}

function openCache({ cached }: MemoryContents, name: string, now: () => number): Cache {
  return {
    get: async (key) => {
      const row = cached.get(`${name}\0${key}`);
      if (row === undefined) return undefined;
      if (row.expiresAt > now()) return JSON.parse(row.json);
      cached.delete(`${name}\0${key}`);
      return undefined;
    },
    put: async (key, value, ttlSeconds) => {
      cached.set(`${name}\0${key}`, { json: JSON.stringify(value), expiresAt: now() + ttlSeconds * 1000 });
    },
  };
}

function createLeases() {
  const held = new Map<string, { readonly fence: number; readonly lost: AbortController }>();
  const fences = new Map<string, number>();
  const isHeld = (lease: Pick<Lease, "name" | "fence">) => held.get(lease.name)?.fence === lease.fence;
  return {
    isHeld,
    take: (name: string): Lease | undefined => {
      if (held.has(name)) return undefined;
      const fence = (fences.get(name) ?? 0) + 1;
      const lost = new AbortController();
      fences.set(name, fence);
      held.set(name, { fence, lost });
      const giveBack = async () => void (isHeld({ name, fence }) && held.delete(name));
      return { name, fence, signal: lost.signal, [Symbol.asyncDispose]: giveBack };
    },
    close: () => {
      for (const [name, { lost }] of held) lost.abort(leaseLost(name));
      held.clear();
    },
  };
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
