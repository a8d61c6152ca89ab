/** What the world releases: repositories with tags whose digests come with times. Nothing is forgotten, so that the judge can ask about any moment. */
import { createHash } from "node:crypto";
import type { Random } from "./random.ts";

export type Numbers = readonly [number, number, number];

export interface Version {
  readonly numbers: Numbers;
  /** `v` before and `-alpine` behind. */
  readonly family: string;
}

interface TagHistory {
  readonly digests: { readonly digest: string; readonly atMs: number }[];
  deletedMs: number | undefined;
}

export interface Image {
  readonly domain: string;
  readonly path: string;
  /** As a person writes it. */
  readonly written: string;
  /** `["", "-alpine"]`, each with the prefix of the image. */
  readonly prefix: string;
  readonly variants: readonly string[];
  readonly tags: Map<string, TagHistory>;
  newest: Numbers;
}

export function parseVersion(tag: string): Version | undefined {
  const match = /^(v?)(\d+)\.(\d+)\.(\d+)(-[a-z]+)?$/.exec(tag);
  if (match === null) return undefined;
  const numbers = [Number(match[2]), Number(match[3]), Number(match[4])] as const;
  return { numbers, family: `${match[1]}x${match[5] ?? ""}` };
}

export function compareNumbers(a: Numbers, b: Numbers): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** undefined: they cannot be compared. */
export function compareTagTexts(a: string, b: string): number | undefined {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  if (left === undefined || right === undefined || left.family !== right.family) return a === b ? 0 : undefined;
  return compareNumbers(left.numbers, right.numbers);
}

let serial = 0;

export function setDigest(image: Image, tag: string, atMs: number): void {
  const digest = `sha256:${createHash("sha256")
    .update(`${image.written}:${tag} ${(serial += 1)}`)
    .digest("hex")}`;
  const known = image.tags.get(tag) ?? { digests: [], deletedMs: undefined };
  known.digests.push({ digest, atMs });
  known.deletedMs = undefined;
  image.tags.set(tag, known);
}

export function release(image: Image, numbers: Numbers, atMs: number): void {
  for (const variant of image.variants) setDigest(image, `${image.prefix}${numbers.join(".")}${variant}`, atMs);
  if (compareNumbers(numbers, image.newest) > 0) image.newest = numbers;
}

export function nextNumbers([major, minor, patch]: Numbers, random: Random): Numbers {
  const chance = random.next();
  if (chance < 0.6) return [major, minor, patch + 1];
  return chance < 0.9 ? [major, minor + 1, 0] : [major + 1, 0, 0];
}

export function liveTags({ tags }: Image): readonly string[] {
  return [...tags].flatMap(([tag, { deletedMs }]) => (deletedMs === undefined ? [tag] : []));
}

export function digestNow({ tags }: Image, tag: string): string | undefined {
  const known = tags.get(tag);
  return known === undefined || known.deletedMs !== undefined ? undefined : known.digests.at(-1)?.digest;
}

const domains = ["docker.io", "ghcr.io", "quay.io", "registry.example.org"];

export function createImages(count: number, startMs: number, random: Random): readonly Image[] {
  return Array.from({ length: count }, (_, index) => {
    const domain = domains[index % domains.length] ?? "docker.io";
    const path = `team/image-${index}`;
    const image: Image = {
      domain,
      path,
      written: domain === "docker.io" ? path : `${domain}/${path}`,
      prefix: random.isOneIn(3) ? "v" : "",
      variants: random.isOneIn(3) ? ["", "-alpine"] : [""],
      tags: new Map(),
      newest: [1, 0, 0],
    };
    const longAgo = startMs - 90 * 86_400_000;
    release(image, [1, 0, 0], longAgo);
    for (let older = 0; older < 5; older += 1) release(image, nextNumbers(image.newest, random), longAgo + older + 1);
    setDigest(image, "latest", longAgo);
    return image;
  });
}
