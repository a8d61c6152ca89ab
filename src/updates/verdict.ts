import type { Size } from "../images/size.ts";
import type { Strategy } from "../policy/policy.ts";

/** The outcome of deciding one reference in one scan. */
export interface Verdict {
  readonly kind: VerdictKind;
  /** At least one exactly when `kind` is `update`. */
  readonly proposals: readonly Proposal[];
  readonly reasons: readonly Reason[];
  /** The highest tag that the policy would allow, whether or not it may go now; undefined when there is none or no look-up. */
  readonly newest: Step | undefined;
  /** What was known of each tag that could have been chosen, highest first. Shown by `why`. */
  readonly ledger: readonly LedgerEntry[];
}

export type VerdictKind = "current" | "update" | "held" | "skipped" | "unknown";
export const verdictKinds: readonly VerdictKind[] = ["current", "update", "held", "skipped", "unknown"];

interface Step {
  readonly tag: string;
  readonly size: Size;
}

export interface Proposal {
  /** The new text, as it will stand in the file. */
  readonly to: string;
  readonly size: Size;
  readonly strategy: Exclude<Strategy, "skip">;
  readonly tag: string;
  readonly digest: string | undefined;
  /** When Talos first saw the digest under this tag, in milliseconds since 1970. */
  readonly firstSeenMs: number | undefined;
  /** The sync group whose members change together. */
  readonly group: string | undefined;
}

export interface Reason {
  readonly code: ReasonCode;
  readonly text: string;
}

/** The codes of docs/verdicts.md, by the verdict they lead to. */
export type ReasonCode =
  | "no-newer-tag"
  | "digest-same"
  | "above-bump"
  | "ignored-tag"
  | "strategy-skip"
  | "not-aged"
  | "outside-window"
  | "group-incomplete"
  | "group-waiting"
  | "ambiguous-owner"
  | "reverted"
  | "declined"
  | "on-hold"
  | "policy"
  | "not-opted-in"
  | "policy-invalid"
  | "no-tag"
  | "built-here"
  | "not-a-reference"
  | "unresolved-variable"
  | "tag-not-found"
  | "repository-not-found"
  | "unauthorized"
  | "rate-limited"
  | "unreachable"
  | "bad-answer"
  | "file-invalid";

/** What deserves a look and changes no verdict. */
export interface Warning {
  readonly code: "file-note" | "policy-note";
  readonly text: string;
}

/** One tag that was looked at, and what became of it. */
export interface LedgerEntry {
  readonly tag: string;
  readonly size: Size;
  readonly outcome: "push" | "prompt" | "notify" | "below-newer" | ReasonCode;
  readonly text: string;
  readonly digest: string | undefined;
  /** When Talos first saw this digest, in milliseconds since 1970; known only where the policy has an age. */
  readonly firstSeenMs: number | undefined;
}

/** A verdict that says only why nothing was decided. */
export function verdictWithout(kind: Exclude<VerdictKind, "update">, code: ReasonCode, text: string): Verdict {
  return { kind, proposals: [], reasons: [{ code, text }], newest: undefined, ledger: [] };
}
