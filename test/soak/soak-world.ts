/** Where a soak begins: images, sources full of references, and a store that shows every event to the judge. */
import { eventSchema } from "../../src/events/event.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import type { Store } from "../../src/store/store.ts";
import type { Outage } from "./fake-registries.ts";
import { FakeTime } from "./fake-time.ts";
import { createJudge, type Judge } from "./judge.ts";
import { randomPolicy } from "./policies.ts";
import { createRandom, type Random } from "./random.ts";
import { type ReadPlace, renderFile, settingsFile } from "./repository-texts.ts";
import { createSoakSource, type SoakSource } from "./soak-source.ts";
import { compareNumbers, createImages, digestNow, type Image, liveTags, parseVersion } from "./upstream.ts";

export interface SoakWorld {
  readonly random: Random;
  readonly time: FakeTime;
  readonly images: readonly Image[];
  /** Images that release together, the first one first. */
  readonly families: readonly (readonly Image[])[];
  readonly sources: readonly SoakSource[];
  readonly store: Store;
  readonly judge: Judge;
  readonly outages: Map<string, Outage>;
  readonly throttles: ReadonlyMap<string, { readonly limit: number; readonly perSeconds: number }>;
  readonly cacheSeconds: number;
  readonly complaints: string[];
  readonly complain: (text: string) => void;
}

export const startMs = Date.UTC(2026, 9, 22, 10, 0, 0);

export function createSoakWorld(seed: number, referenceCount: number): SoakWorld {
  const random = createRandom(seed);
  const time = new FakeTime(startMs);
  const complaints: string[] = [];
  const complain = (text: string) => void complaints.push(`${new Date(time.nowMs).toISOString()} ${text}`);
  const sourceCount = Math.max(3, Math.round(referenceCount / 25));
  const single = createImages(Math.round(referenceCount / 3), startMs, random);
  const families = createFamilies(sourceCount, random);
  const images = [...single, ...families.flat()];
  const throttles = new Map([
    ["docker.io", { limit: 12, perSeconds: 6 * 3600 }],
    ["ghcr.io", { limit: 5, perSeconds: 3600 }],
    ["quay.io", { limit: 40, perSeconds: 86_400 }],
  ]);
  const ids = Array.from({ length: sourceCount }, (_, index) => `git.example/team/source-${index}`);
  const cooldownSeconds = new Map(ids.map((id, index) => [id, [0, 600, 3600][index % 3] ?? 0]));
  const judge = createJudge({ images, throttles, cooldownSeconds, complain });
  let named = 0;
  const sources = ids.map((id, index) => {
    const members = families[index] ?? [];
    const places = makePlaces(
      Math.round(referenceCount / sourceCount),
      single,
      members,
      id,
      random,
      () => `r${(named += 1)}`,
    );
    const byFile = Map.groupBy(places, ({ file }) => file);
    const files = Object.fromEntries([...byFile].map(([file, inside]) => [file, renderFile(file, inside)]));
    const all = { ...files, ".talos.yaml": settingsFile, "README.md": "Ours.\n" };
    return createSoakSource(id, all, cooldownSeconds.get(id) ?? 0, { time, judge, random });
  });
  const store = watchedStore(createMemoryStore({ now: () => time.nowMs }), judge);
  const cacheSeconds = random.pick([0, 1800, 4 * 3600]);
  const outages = new Map<string, Outage>();
  return {
    random,
    time,
    images,
    families,
    sources,
    store,
    judge,
    outages,
    throttles,
    cacheSeconds,
    complaints,
    complain,
  };
}

function createFamilies(count: number, random: Random): readonly (readonly Image[])[] {
  return Array.from({ length: count }, (_, index) => {
    const [model, ...others] = createImages(random.between(2, 4), startMs, random);
    if (model === undefined) return [];
    return [model, ...others].map((image, place) => {
      const path = `family-${index}/part-${place}`;
      const written = image.domain === "docker.io" ? path : `${image.domain}/${path}`;
      const tags = new Map([...model.tags].map(([tag, known]) => [tag, structuredClone(known)]));
      return { ...image, path, written, tags, prefix: model.prefix, variants: model.variants, newest: model.newest };
    });
  });
}

const fileNames = [
  "web/compose.yml",
  "media/docker-compose.yml",
  "tools/docker-compose.yml",
  "build/Dockerfile",
  "jobs/.env",
  "k8s/apps.yaml",
];

function makePlaces(
  count: number,
  images: readonly Image[],
  family: readonly Image[],
  source: string,
  random: Random,
  newName: () => string,
): readonly ReadPlace[] {
  const group = `group-${source.slice(-1)}`;
  const grouped = family.map((image, index): ReadPlace => {
    const sync = { group, id: `part-${index}`, isParent: index === 0 };
    const tag = versionTags(image).at(0) ?? "latest";
    return {
      name: newName(),
      file: random.pick(fileNames),
      image: `${image.written}:${tag}`,
      policy: randomPolicy(random, sync),
    };
  });
  const singles = Array.from({ length: count - grouped.length }, (): ReadPlace => {
    const image = random.pick(images);
    const tag = random.isOneIn(10) ? "latest" : random.pick(versionTags(image).slice(-4));
    const digest = random.isOneIn(2) ? `@${digestNow(image, tag)}` : "";
    return {
      name: newName(),
      file: random.pick(fileNames),
      image: `${image.written}:${tag}${digest}`,
      policy: randomPolicy(random),
    };
  });
  return [...grouped, ...singles];
}

/** The oldest first. */
function versionTags(image: Image): readonly string[] {
  return liveTags(image)
    .flatMap((tag) => {
      const version = parseVersion(tag);
      return version === undefined ? [] : [{ tag, version }];
    })
    .sort((a, b) => compareNumbers(a.version.numbers, b.version.numbers))
    .map(({ tag }) => tag);
}

/** Every event is shown once it is written. */
function watchedStore(store: Store, judge: Judge): Store {
  return {
    ...store,
    async write(changes, lease) {
      const outcome = await store.write(changes, lease);
      if (outcome === "written")
        for (const change of changes)
          if (change.kind === "append" && change.log === "events") judge.onEvent(eventSchema.parse(change.value));
      return outcome;
    },
  };
}
