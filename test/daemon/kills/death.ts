import type { GitServerFault } from "../../parties/git-server.ts";

/** Where and when a daemon dies. Steps count from 1 in each of its lives. */
export type Death =
  /**
   * At the so-manieth call of git: instead of it, when git is done and before Talos hears of it, or instead of it, with
   * git running nevertheless, in the middle of the life of a successor. `push`: at the first push.
   */
  | { readonly at: "git"; readonly step: number | "push"; readonly moment: "before" | "after" | "late" }
  /** At the so-manieth write of the SQLite file, or at the so-manieth message to Redis. */
  | { readonly at: "store"; readonly step: number; readonly moment: "before" | "after" }
  /** Instead of the so-manieth answer of the registry. */
  | { readonly at: "registry"; readonly step: number }
  | { readonly at: "time"; readonly delayMs: number };

/** One life of a daemon, from its start to its death. */
export interface Life {
  /** undefined: it lives until everything is delivered. */
  readonly death: Death | undefined;
  /** The call of git before which what a dead daemon has left running goes on; `push`: the first push; 0: none. */
  readonly lateAt: number | "push";
  /** The call of git before which a person pushes to this file. */
  readonly person: { readonly at: number; readonly file: string } | undefined;
  /** What the git server does to some of the requests of this life, counted from 1. */
  readonly fault: { readonly from: number; readonly to: number; readonly kind: GitServerFault } | undefined;
}

export const undisturbed: Life = { death: undefined, lateAt: 0, person: undefined, fault: undefined };
