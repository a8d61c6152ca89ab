import * as z from "zod/mini";
import type { Collection } from "../store/store.ts";
import type { Sighting } from "./target.ts";

/** When each digest was first seen under a tag. It cannot be found out again, so it is kept, not cached. */
export interface Sightings {
  /** Notes a digest unless it is known, and answers all there are. `key`: `docker.io/library/redis:7`. */
  record(key: string, digest: string, nowMs: number): Promise<readonly Sighting[]>;
  /** Writes what was noted, at once. */
  save(): Promise<void>;
  /** Forgets tags under which nothing new was seen since then. */
  forget(beforeMs: number): Promise<void>;
}

/** A tag that moves daily is remembered for two months; older digests are of no use to any sensible age. */
const sightingsPerTag = 60;
const schema = z.array(z.readonly(z.object({ digest: z.string(), firstSeenMs: z.number() })));

export function openSightings(collection: Collection): Sightings {
  const noted = new Map<string, readonly Sighting[]>();
  return {
    async record(key, digest, nowMs) {
      const stored = schema.safeParse((await collection.get(key))?.value);
      const known = noted.get(key) ?? (stored.success ? stored.data : []);
      if (known.some((sighting) => sighting.digest === digest)) return known;
      const all = [...known, { digest, firstSeenMs: nowMs }].slice(-sightingsPerTag);
      noted.set(key, all);
      return all;
    },
    async save() {
      const documents = [...noted].map(([key, value]) => ({ key, value }));
      noted.clear();
      if (documents.length > 0) await collection.putAll(documents);
    },
    async forget(beforeMs) {
      for (const { key, value } of await collection.list("")) {
        const stored = schema.safeParse(value);
        if (!stored.success || stored.data.every(({ firstSeenMs }) => firstSeenMs < beforeMs))
          await collection.delete(key);
      }
    },
  };
}
