import { formatRepository } from "../images/image-reference.ts";
import type { Cache } from "../store/store.ts";
import { isDigest } from "./manifest.ts";
import type { DigestHabit } from "./read-digest.ts";
import { isRecord, readText, readTexts } from "./read-json.ts";
import type { ImageDescription, Lookup, Repository } from "./registry.ts";

export interface AnswerCacheOptions {
  readonly cache: Cache;
  readonly cacheSeconds: number;
  readonly isCacheIgnored?: boolean;
}

/** What a digest names never changes; how a registry answers HEAD seldom does. */
const descriptionSeconds = 7 * 86_400;
const habitSeconds = 86_400;

/** Answers by the repository's normal form. Failures are not kept, and a cache that fails is a cache without the answer. */
export function createAnswerCache(options: AnswerCacheOptions) {
  const { cache } = options;
  const uselessHeads = new Set<string>();

  const read = async (key: string): Promise<unknown> => {
    try {
      return await cache.get(key);
    } catch {
      return undefined;
    }
  };
  const keep = async (key: string, value: unknown, seconds: number): Promise<void> => {
    try {
      await cache.put(key, value, seconds);
    } catch {
      // A full disk must not end a look-up that succeeded.
    }
  };

  const through = async <T>(
    entry: {
      readonly key: string;
      readonly seconds: number;
      readonly isFresh: boolean;
      readonly parse: (value: unknown) => T | undefined;
    },
    ask: () => Promise<Lookup<T>>,
  ): Promise<Lookup<T>> => {
    const isRead = !entry.isFresh && options.isCacheIgnored !== true;
    const cached = isRead ? entry.parse(await read(entry.key)) : undefined;
    if (cached !== undefined) return { kind: "found", value: cached };
    const answer = await ask();
    if (answer.kind === "found") await keep(entry.key, answer.value, entry.seconds);
    return answer;
  };

  return {
    readTags: (repository: Repository, isFresh: boolean, ask: () => Promise<Lookup<readonly string[]>>) =>
      through(
        {
          key: `tags ${formatRepository(repository)}`,
          seconds: options.cacheSeconds,
          isFresh,
          parse: parseTags,
        },
        ask,
      ),
    readDigest: (repository: Repository, tag: string, isFresh: boolean, ask: () => Promise<Lookup<string>>) =>
      through(
        {
          key: `digest ${formatRepository(repository)}:${tag}`,
          seconds: options.cacheSeconds,
          isFresh,
          parse: parseDigest,
        },
        ask,
      ),
    readDescription: (
      repository: Repository,
      digest: string,
      platform: string,
      ask: () => Promise<Lookup<ImageDescription>>,
    ) =>
      through(
        {
          key: `image ${formatRepository(repository)}@${digest} ${platform}`,
          seconds: descriptionSeconds,
          isFresh: false,
          parse: parseDescription,
        },
        ask,
      ),
    readHabit: async (domain: string): Promise<DigestHabit> => {
      const key = `head-useless ${domain}`;
      if ((await read(key)) === true) uselessHeads.add(domain);
      return {
        isHeadUseless: () => uselessHeads.has(domain),
        noteHeadUseless: () => {
          if (uselessHeads.has(domain)) return;
          uselessHeads.add(domain);
          void keep(key, true, habitSeconds);
        },
      };
    },
  };
}

function parseTags(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((tag) => typeof tag === "string") ? value : undefined;
}

function parseDigest(value: unknown): string | undefined {
  return typeof value === "string" && isDigest(value) ? value : undefined;
}

function parseDescription(value: unknown): ImageDescription | undefined {
  if (!isRecord(value)) return undefined;
  const createdAt = readText(value, "createdAt");
  return { createdAt: createdAt === undefined ? undefined : new Date(createdAt), labels: readTexts(value["labels"]) };
}
