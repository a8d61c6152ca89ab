/**
 * What Talos remembers. Nothing else touches a database. Values are JSON: what is read is `unknown`, parsed by who asked.
 * A collection holds decisions and what cannot be found out again; a cache holds what may be forgotten at any time.
 */
export interface Store {
  collection(name: string): Collection;
  cache(name: string): Cache;
  close(): Promise<void>;
}

export interface Collection {
  get(key: string): Promise<StoredDocument | undefined>;
  /** In the order of their keys. */
  list(prefix: string): Promise<readonly StoredDocument[]>;
  /**
   * Writes when the document still has `expectedVersion` (0: does not exist yet); undefined writes whatever is there.
   * False: somebody else was faster, nothing was written.
   */
  put(key: string, value: unknown, expectedVersion?: number): Promise<boolean>;
  /** Writes them all or none, whatever is there. */
  putAll(documents: readonly Pick<StoredDocument, "key" | "value">[]): Promise<void>;
  delete(key: string): Promise<void>;
}

export interface StoredDocument {
  readonly key: string;
  readonly value: unknown;
  /** From 1, one more with each write. */
  readonly version: number;
}

export interface Cache {
  /** undefined when absent or expired. */
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown, ttlSeconds: number): Promise<void>;
}
