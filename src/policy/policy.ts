import type { Size } from "../images/size.ts";

export const strategies = ["push", "prompt", "notify", "skip"] as const;
/** What happens with an update of one size. */
export type Strategy = (typeof strategies)[number];

/** What may happen to a reference by itself. */
export interface Policy {
  readonly skip: boolean;
  /** The largest step that counts. */
  readonly bump: Size;
  readonly strategy: Readonly<Record<Size, Strategy>>;
  readonly sync: Sync | undefined;
  /** Write the digest beside the tag. */
  readonly pin: boolean;
  /** When not empty, only tags that one of these matches are candidates. */
  readonly allow: readonly TagRule[];
  readonly ignore: readonly TagRule[];
  /** A candidate counts only this long after its digest was first seen. */
  readonly ageSeconds: number | undefined;
  /** When not empty, the times when an update may be delivered. */
  readonly window: readonly DeliveryWindow[];
  /** `linux/arm64`: the platform whose details are shown. */
  readonly platform: string | undefined;
}

/** A reference's part in a group of images that always have the same version. */
export type Sync = SyncParent | SyncChild;

interface SyncParent {
  readonly role: "parent";
  readonly group: string;
  readonly id: string;
  /** The ids that make up the group besides the parent; undefined: whichever are there. */
  readonly children: readonly string[] | undefined;
  /** Wait until every member has the tag, then pin each to its own digest together. */
  readonly digest: boolean;
}

interface SyncChild {
  readonly role: "child";
  readonly group: string;
  readonly id: string;
}

/** `text` is the rule as written. */
export type TagRule =
  | { readonly kind: "exact"; readonly text: string }
  | { readonly kind: "range"; readonly text: string }
  | { readonly kind: "pattern"; readonly text: string };

/** Days 0 (Sunday) to 6; minutes since midnight. A window with `toMinute <= fromMinute` ends on the next day. */
export interface DeliveryWindow {
  readonly days: readonly number[];
  readonly fromMinute: number;
  readonly toMinute: number;
  /** An IANA name; undefined: the time zone of the machine Talos runs on. */
  readonly timeZone: string | undefined;
  readonly text: string;
}

/** An image that opted in and said no more: told about new digests, nothing by itself (seeds: `bump` digest, `notify`). */
export const defaultPolicy: Policy = {
  skip: false,
  bump: "digest",
  strategy: { digest: "notify", patch: "notify", minor: "notify", major: "notify" },
  sync: undefined,
  pin: true,
  allow: [],
  ignore: [],
  ageSeconds: undefined,
  window: [],
  platform: undefined,
};
