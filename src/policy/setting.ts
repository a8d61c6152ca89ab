import type { Policy } from "./policy.ts";

/** Where something stands in a text. Both count from 1; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * A setting as its author wrote it, whatever kind of file it stands in: compose, Kubernetes and `.talos.yaml` maps and
 * Dockerfile comments all become this before the policy is read. A scalar is its source text without quotes, so that
 * `~`, `yes` and `@:!!` mean what they say and not what YAML makes of them; nothing written is the empty text.
 */
export type Setting =
  | { readonly kind: "scalar"; readonly text: string; readonly at: Position }
  | { readonly kind: "list"; readonly items: readonly Setting[]; readonly at: Position }
  | { readonly kind: "map"; readonly entries: readonly SettingEntry[]; readonly at: Position };

export interface SettingEntry {
  readonly key: string;
  readonly keyAt: Position;
  readonly value: Setting;
}

/** What stands beside an image: the long form (`x-talos`), the short form (`x-tl`), or both. */
export interface WrittenPolicy {
  readonly long: Setting | undefined;
  readonly short: Setting | undefined;
}

/** What is wrong with a setting, in one sentence that names the key and what would be right. */
export interface SettingProblem {
  readonly at: Position;
  readonly text: string;
}

/** What was read of a policy. `invalid` never falls back to defaults: a policy half understood is not followed. */
export type PolicyReading =
  | { readonly kind: "absent" }
  | { readonly kind: "valid"; readonly policy: Policy; readonly warnings: readonly SettingProblem[] }
  | { readonly kind: "invalid"; readonly problems: readonly SettingProblem[] };
