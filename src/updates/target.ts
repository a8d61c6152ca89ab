import type { ImageReference } from "../images/image-reference.ts";
import type { Policy } from "../policy/policy.ts";
import type { Lookup, Repository } from "../registries/registry.ts";
import type { Quarantined } from "./quarantine.ts";

/** What is decided as one: a single reference, or all members of a sync group, the parent first. */
export interface Target {
  readonly members: readonly Member[];
  /** The reference's own, or that of the group's parent. */
  readonly policy: Policy;
  /** The sync group's name. */
  readonly group: string | undefined;
  /** A tag that moved to another digest is an update. A sync group says so with `digest: true`. */
  readonly followsDigest: boolean;
  /** What people have decided about versions of it. */
  readonly quarantine: readonly Quarantined[];
}

export interface Member {
  /** For messages: the service, the stage, the member's id in its group. */
  readonly name: string;
  readonly image: ImageReference & { readonly tag: string };
}

/** What is known so far. A look-up that was not asked for yet is undefined. */
export interface Facts {
  tags(repository: Repository): Lookup<readonly string[]> | undefined;
  /** `reference` is a tag, or a digest to learn whether the registry still has it. */
  digest(repository: Repository, reference: string): Lookup<string> | undefined;
  /** Every digest that the tag was seen to answer, and when first. Complete once `digest` is known. */
  sightings(repository: Repository, tag: string): readonly Sighting[];
}

export interface Sighting {
  readonly digest: string;
  readonly firstSeenMs: number;
}

/** A look-up the decision cannot go on without. */
export type Need =
  | { readonly kind: "tags"; readonly repository: Repository }
  | { readonly kind: "digest"; readonly repository: Repository; readonly reference: string };

/** The moment of the decision. */
export interface Moment {
  readonly nowMs: number;
  /** An IANA name, for delivery windows that name none. */
  readonly timeZone: string;
}
