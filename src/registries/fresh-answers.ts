import type { Registries } from "./registry.ts";

/** The same registries, whose digests never come from the cache: what is written must be true now. */
export function withFreshDigests(registries: Registries): Registries {
  return {
    ...registries,
    readDigest: (repository, tag, options) => registries.readDigest(repository, tag, { ...options, isFresh: true }),
  };
}

/** The same registries, asked as if nothing had been asked before. */
export function withFreshAnswers(registries: Registries): Registries {
  return {
    ...withFreshDigests(registries),
    listTags: (repository, options) => registries.listTags(repository, { ...options, isFresh: true }),
  };
}
