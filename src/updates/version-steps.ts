import { type Candidate, rankCandidates } from "../images/rank-candidates.ts";
import { compareSizes, type Size } from "../images/size.ts";
import { versionOf } from "../images/version-of.ts";
import type { Member } from "./target.ts";

/** One version that the members of a target could go to together. */
export interface VersionStep {
  readonly size: Size;
  /** For each member, in order, the tag it would have; undefined: it has no tag of this version. */
  readonly tags: readonly (string | undefined)[];
  /** The current tags again, under the digests they answer now. */
  readonly isSameTag: boolean;
}

/**
 * The versions above the current ones, highest first, and the current one last. For a single reference each candidate is
 * a version. The members of a group share versions, not tags: each stays in its own family, so that `v2.1.0` and
 * `v2.1.0-cuda` can go together.
 */
export function listVersionSteps(
  members: readonly Member[],
  tagLists: readonly (readonly string[])[],
): readonly VersionStep[] {
  const ranked = members.map(({ image }, index) => rankCandidates(image.tag, tagLists[index] ?? []));
  const [only] = ranked;
  const higher = ranked.length === 1 && only !== undefined ? only.map(singleStep) : groupSteps(members, ranked);
  return [...higher, { size: "digest", tags: members.map(({ image }) => image.tag), isSameTag: true }];
}

/** Whether all members have one version now, each in its own family. */
export function isAtOneVersion(members: readonly Member[]): boolean {
  return new Set(members.map(({ image }) => versionOf(image.tag) ?? image.tag)).size === 1;
}

function singleStep({ tag, size }: Candidate): VersionStep {
  return { size, tags: [tag], isSameTag: false };
}

function groupSteps(members: readonly Member[], ranked: readonly (readonly Candidate[])[]): readonly VersionStep[] {
  const reachable = members.map(({ image }, index) => tagsByVersion(image.tag, ranked[index] ?? []));
  const versions = new Set(reachable.flatMap((byVersion) => [...byVersion.keys()]));
  const steps: VersionStep[] = [];
  for (const version of versions) {
    const found = reachable.map((byVersion) => byVersion.get(version));
    const [largest] = found.flatMap((tag) => tag?.size ?? []).sort((a, b) => compareSizes(b, a));
    if (largest !== undefined) steps.push({ size: largest, tags: found.map((tag) => tag?.tag), isSameTag: false });
  }
  return steps;
}

/** The best tag of each version in order of rank, the current one last and without a size. */
function tagsByVersion(current: string, ranked: readonly Candidate[]) {
  const byVersion = new Map<string, { readonly tag: string; readonly size: Size | undefined }>();
  for (const tag of [...ranked, { tag: current, size: undefined }]) {
    const version = versionOf(tag.tag) ?? tag.tag;
    if (!byVersion.has(version)) byVersion.set(version, tag);
  }
  return byVersion;
}
