/**
 * What Talos remembers. Six primitives and one atomic write; nothing else touches a database. Every value is JSON; the
 * caller checks what it reads with a schema of its own. When the database cannot be reached a call fails with a TalosError
 * `store-unreachable`, which is retryable: nothing is half written. It may have been written in whole, where the database
 * fell silent before its answer.
 */
export interface Store {
  /** Documents by key, each with a version that counts its writes. */
  collection(name: string): Collection;
  /** What happened, in order; never changed. */
  log(name: string): Log;
  /** What was counted in the last while. */
  window(name: string): SlidingWindow;
  /** Values that may be forgotten. */
  cache(name: string): Cache;
  /**
   * Takes the lease when nobody holds it; undefined: somebody does, be it this process. It renews itself until it is
   * disposed of; a holder that dies loses it: at once on SQLite (its process is gone), within 15 seconds on Redis.
   */
  takeLease(name: string): Promise<Lease | undefined>;
  /** All changes in one step, or none. With a lease, only while it is held: a late write of a former holder fails. */
  write(changes: readonly Change[], lease?: Lease): Promise<WriteOutcome>;
  /** Writes what is pending and closes the file or connection; leases are given back. */
  close(): Promise<void>;
}

export interface Collection {
  get(key: string): Promise<StoredDocument | undefined>;
  /** The same, or `"same"` when it still has the version that the caller knows: for what is large and asked for often. */
  getUnless(version: number, key: string): Promise<StoredDocument | "same" | undefined>;
  /** Documents whose key begins with `prefix`, in the order of their keys (by UTF-8 bytes). */
  list(prefix: string): Promise<readonly StoredDocument[]>;
  /** Another text after every write to the collection, whoever made it; undefined: this store would have to look. */
  revision(): Promise<string | undefined>;
  /**
   * Writes only when the document's version is `expectedVersion` (0: does not exist yet; undefined: whatever it is).
   * False when the version is another one.
   */
  put(key: string, value: unknown, expectedVersion?: number): Promise<boolean>;
  /** Writes many documents at once, whatever was there: for one flush to the disk instead of many. */
  putAll(documents: readonly { readonly key: string; readonly value: unknown }[]): Promise<void>;
  delete(key: string): Promise<void>;
}

export interface StoredDocument {
  readonly key: string;
  readonly value: unknown;
  /**
   * Counts up with every write, from 1; when it was deleted and created again, from above any version it had then. So
   * what was read from an earlier life is never taken for the one there is.
   */
  readonly version: number;
}

export interface Log {
  /** Entries after a position (0: from the first), oldest first. */
  read(after: number, limit: number): Promise<readonly LogEntry[]>;
  /** The newest entries, oldest first. */
  latest(limit: number): Promise<readonly LogEntry[]>;
  /**
   * Entries after a position, those of now and then those to come, until the signal aborts or the store is closed; then
   * it ends. Entries of other processes come within half a second; while the database is away it waits.
   */
  follow(after: number, signal: AbortSignal): AsyncIterable<LogEntry>;
  /** Forgets entries older than that. */
  trim(beforeMs: number): Promise<void>;
}

export interface LogEntry {
  /** Counts up by one with every entry of the log, from 1; never used twice. */
  readonly position: number;
  /** As its writer said, in milliseconds since 1970. */
  readonly atMs: number;
  readonly value: unknown;
}

export interface SlidingWindow {
  /** What was counted at that time or later, oldest first. */
  since(atMs: number): Promise<readonly Counted[]>;
}

export interface Counted {
  readonly id: string;
  readonly atMs: number;
  readonly count: number;
}

export interface Cache {
  get(key: string): Promise<unknown>;
  /** Readable at once. The promise resolves when it has been written; nobody needs to wait for that. */
  put(key: string, value: unknown, ttlSeconds: number): Promise<void>;
}

export interface Lease extends AsyncDisposable {
  readonly name: string;
  /** Counts up with every taking of this lease. */
  readonly fence: number;
  /** Aborted, with a TalosError `lease-lost`, when it is lost or the store closed: whoever holds it stops then. */
  readonly signal: AbortSignal;
}

export type Change =
  /** `expectedVersion` as in Collection.put. */
  | {
      readonly kind: "put";
      readonly collection: string;
      readonly key: string;
      readonly value: unknown;
      readonly expectedVersion?: number | undefined;
    }
  | {
      readonly kind: "delete";
      readonly collection: string;
      readonly key: string;
      readonly expectedVersion?: number | undefined;
    }
  | { readonly kind: "append"; readonly log: string; readonly value: unknown; readonly atMs: number }
  /** Counts `count` at `atMs`; the same id again replaces. What is older than `keepSeconds` then is forgotten. */
  | {
      readonly kind: "count";
      readonly window: string;
      readonly id: string;
      readonly atMs: number;
      readonly count: number;
      readonly keepSeconds: number;
    };

/** `conflict`: a document has another version than expected. `lease-lost`: the lease is no longer held. */
export type WriteOutcome = "written" | "conflict" | "lease-lost";
