/**
 * What Talos asks of a registry. Each answer is a value; the client never throws for what a registry or a network does,
 * only for a signal that its own caller aborted. A failed look-up is never "nothing newer".
 */
export interface Registries {
  /** All tags, in no particular order. */
  listTags(repository: Repository, options?: ReadOptions): Promise<Lookup<readonly string[]>>;
  /** The digest that `docker pull repository@digest` accepts: for a multi-platform image that of the index. */
  readDigest(repository: Repository, tag: string, options?: ReadOptions): Promise<Lookup<string>>;
  /**
   * Costs GETs: only for something new that is to be shown. `platform` as in `linux/arm64`; without it, or where the image
   * has none for it, `linux/amd64` or else the first.
   */
  describeImage(
    repository: Repository,
    digest: string,
    platform?: string,
    signal?: AbortSignal,
  ): Promise<Lookup<ImageDescription>>;
  /** Requests sent so far, for the summary. */
  readonly requests: RequestCounts;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

/** Normal form: `docker.io`, `library/redis`. */
export interface Repository {
  readonly domain: string;
  readonly path: string;
}

interface ReadOptions {
  /** Do not answer from the cache. */
  readonly isFresh?: boolean;
  readonly signal?: AbortSignal;
}

export interface ImageDescription {
  /** As the image's configuration says; absent or a fixed date in reproducible builds. */
  readonly createdAt: Date | undefined;
  /** The image's labels; annotations of its manifests where no label has the name. */
  readonly labels: Readonly<Record<string, string>>;
}

export type Lookup<T> = { readonly kind: "found"; readonly value: T } | LookupFailure;

/** `text` says in one sentence what happened, with the registry's name; `hint` what to do. */
export interface LookupFailure {
  readonly kind: "repository-missing" | "tag-missing" | "denied" | "throttled" | "unreachable" | "bad-answer";
  readonly text: string;
  readonly hint: string | undefined;
  /** When a throttling registry said so. */
  readonly retryAfterSeconds?: number;
}

/** Requests to registries, repeated ones included; those to token services and to the storage behind a registry are not counted. */
export interface RequestCounts {
  readonly head: number;
  readonly get: number;
}
