import type { Lookup, LookupFailure } from "../registries/registry.ts";
import type { Facts, Member, Moment, Need } from "./target.ts";

/** What is known of the digest that a member would be pinned to. */
export type DigestReading =
  /** `digest` is undefined when neither the pin nor the age of the policy needs one. */
  | { readonly kind: "known"; readonly digest: string | undefined; readonly firstSeenMs: number | undefined }
  | { readonly kind: "young"; readonly digest: string; readonly firstSeenMs: number }
  | { readonly kind: "absent"; readonly failure: LookupFailure }
  | { readonly kind: "failed"; readonly failure: LookupFailure };

/**
 * The digest of `tag`; with an age, the newest one that has aged. A tag that moves more often than its age would
 * otherwise never be old enough: then an earlier digest is taken, as long as the registry still has it and it is not
 * older than the one already pinned.
 */
export function* readDigest(
  member: Member,
  tag: string,
  ageSeconds: number | undefined,
  facts: Facts,
  moment: Moment,
): Generator<readonly Need[], DigestReading> {
  const { image } = member;
  const answer = yield* askDigest(member, tag, facts);
  if (answer.kind === "tag-missing") return { kind: "absent", failure: answer };
  if (answer.kind !== "found") return { kind: "failed", failure: answer };
  const digest = answer.value;
  const newestFirst = facts.sightings(image, tag).toSorted((a, b) => b.firstSeenMs - a.firstSeenMs);
  const firstSeenMs = newestFirst.find((sighting) => sighting.digest === digest)?.firstSeenMs ?? moment.nowMs;
  if (ageSeconds === undefined) return { kind: "known", digest, firstSeenMs };
  const hasAged = (seenMs: number) => moment.nowMs - seenMs >= ageSeconds * 1000;
  if (digest === image.digest || hasAged(firstSeenMs)) return { kind: "known", digest, firstSeenMs };
  const earlier = newestFirst.find((sighting) => hasAged(sighting.firstSeenMs));
  const pinned = newestFirst.find((sighting) => sighting.digest === image.digest);
  const isForward = earlier !== undefined && (pinned === undefined || pinned.firstSeenMs < earlier.firstSeenMs);
  if (isForward && (yield* askDigest(member, earlier.digest, facts)).kind === "found")
    return { kind: "known", ...earlier };
  return { kind: "young", digest, firstSeenMs };
}

export function* askDigest(
  { image }: Member,
  reference: string,
  facts: Facts,
): Generator<readonly Need[], Lookup<string>> {
  if (facts.digest(image, reference) === undefined) yield [{ kind: "digest", repository: image, reference }];
  return facts.digest(image, reference) ?? notLookedUp(image.domain);
}

/** Only when whoever drives the decision did not look up what it asked for. */
export function notLookedUp(domain: string): LookupFailure {
  return { kind: "unreachable", text: `${domain} was not asked`, hint: undefined };
}
