/**
 * What an engine keeps and nothing uses: images without a tag that no container runs, networks that no container is in, and
 * the build cache. Containers and volumes are never among them: they may hold what somebody wants back.
 */
export interface Leftovers {
  readonly images: readonly {
    readonly id: string;
    /** What it was: a digest, or its id. */
    readonly name: string;
    readonly bytes: number;
    readonly createdMs: number;
  }[];
  readonly networks: readonly { readonly id: string; readonly name: string }[];
  readonly buildCacheBytes: number;
}
