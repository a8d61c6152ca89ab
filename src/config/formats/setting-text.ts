import type { Setting, SettingProblem } from "../../policy/setting.ts";

/** A file's text as settings. Nothing in it is an empty map. */
export type SettingText =
  | { readonly kind: "setting"; readonly setting: Setting }
  | { readonly kind: "invalid"; readonly problems: readonly SettingProblem[] };

export const emptySettings: SettingText = {
  kind: "setting",
  setting: { kind: "map", entries: [], at: { line: 1, column: 1 } },
};
