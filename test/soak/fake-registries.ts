import { createAnswerCache } from "../../src/registries/answer-cache.ts";
import type { Lookup, LookupFailure, Registries, Repository } from "../../src/registries/registry.ts";
import type { Cache } from "../../src/store/store.ts";
import { digestNow, type Image, liveTags } from "./upstream.ts";

export type Outage = "throttled" | "unreachable" | "bad-answer";

/** Registries that answer from `images`, through the cache of the real ones; a domain with an outage fails. */
export function fakeRegistries(
  images: readonly Image[],
  outages: ReadonlyMap<string, Outage>,
  cache: Cache,
  cacheSeconds: number,
): Registries {
  const byName = new Map(images.map((image) => [`${image.domain}/${image.path}`, image]));
  const answers = createAnswerCache({ cache, cacheSeconds });
  const failed = ({ domain }: Repository): LookupFailure | undefined => {
    const kind = outages.get(domain);
    return kind && { kind, text: `${domain} is not well`, hint: undefined };
  };
  const missing = (kind: LookupFailure["kind"], text: string): LookupFailure => ({ kind, text, hint: undefined });
  const find = ({ domain, path }: Repository) => byName.get(`${domain}/${path}`);
  const askTags = async (repository: Repository): Promise<Lookup<readonly string[]>> => {
    const image = find(repository);
    if (image === undefined) return missing("repository-missing", `there is no ${repository.path}`);
    return failed(repository) ?? { kind: "found", value: liveTags(image) };
  };
  const askDigest = async (repository: Repository, reference: string): Promise<Lookup<string>> => {
    const image = find(repository);
    const outage = failed(repository);
    if (outage !== undefined) return outage;
    const isThere = reference.includes(":") ? isKnown(image, reference) : undefined;
    const digest = isThere ? reference : image && digestNow(image, reference);
    return digest === undefined ? missing("tag-missing", `there is no ${reference}`) : { kind: "found", value: digest };
  };
  return {
    requests: { head: 0, get: 0 },
    listTags: (repository, options) =>
      answers.readTags(repository, options?.isFresh === true, () => askTags(repository)),
    readDigest: (repository, tag, options) =>
      answers.readDigest(repository, tag, options?.isFresh === true, () => askDigest(repository, tag)),
    describeImage: async () => ({ kind: "found", value: { createdAt: undefined, labels: {} } }),
    close: async () => undefined,
  };
}

function isKnown(image: Image | undefined, digest: string): boolean {
  return [...(image?.tags.values() ?? [])].some(({ digests }) => digests.some((one) => one.digest === digest));
}
