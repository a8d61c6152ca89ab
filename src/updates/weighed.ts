import type { Strategy } from "../policy/policy.ts";
import type { DigestReading } from "./read-digest.ts";
import type { ReasonCode } from "./verdict.ts";
import type { VersionStep } from "./version-steps.ts";

/** A step and what became of it. `below-newer`: a higher one decides, whatever this one is. */
export interface Weighed {
  readonly step: VersionStep;
  readonly outcome: Proposed | ReasonCode | "below-newer";
  readonly text: string;
  /** For each member, when its digest was looked up; else empty. */
  readonly readings: readonly DigestReading[];
}

export type Proposed = Exclude<Strategy, "skip">;

export function isProposed(outcome: Weighed["outcome"]): outcome is Proposed {
  return outcome === "push" || outcome === "prompt" || outcome === "notify";
}

/** What Talos may do by itself counts more than what it asks, and that more than what it tells. */
export function strategyRank(strategy: Strategy): number {
  return { skip: 0, notify: 1, prompt: 2, push: 3 }[strategy];
}
