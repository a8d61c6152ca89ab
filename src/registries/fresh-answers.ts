import type { Registries, Repository } from "./registry.ts";

/** The same registries, whose digests never come from the cache: what is written must be true now. */
export function withFreshDigests(registries: Registries): Registries {
  return {
    ...registries,
    readDigest: (repository, tag, options) => registries.readDigest(repository, tag, { ...options, isFresh: true }),
  };
}

/** The same registries, asked as if nothing had been asked before: about everything, or about these repositories alone. */
export function withFreshAnswers(registries: Registries, of?: readonly Repository[]): Registries {
  const isFresh = ({ domain, path }: Repository) =>
    of === undefined || of.some((one) => one.domain === domain && one.path === path);
  const among = (repository: Repository) => (isFresh(repository) ? { isFresh: true } : {});
  return {
    ...registries,
    listTags: (repository, options) => registries.listTags(repository, { ...options, ...among(repository) }),
    readDigest: (repository, tag, options) =>
      registries.readDigest(repository, tag, { ...options, ...among(repository) }),
  };
}
