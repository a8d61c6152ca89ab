import type { Settings } from "../../../http/api/api-schemas.ts";

type Setting = Settings["settings"][number];

export interface SettingGroup {
  /** The first word of the paths; `General` for those of one word. */
  readonly name: string;
  readonly settings: readonly (Setting & { readonly rest: string })[];
}

/** In the order they come; `text` in path or value, whatever the case. */
export function groupSettings(
  settings: readonly Setting[],
  { text, isChangedOnly }: { readonly text: string; readonly isChangedOnly: boolean },
): readonly SettingGroup[] {
  const wanted = text.trim().toLowerCase();
  const shown = settings.filter(
    ({ path, value, isDefault }) => !(isChangedOnly && isDefault) && `${path}\n${value}`.toLowerCase().includes(wanted),
  );
  const groups = [...Map.groupBy(shown, ({ path }) => groupOf(path))].map(([name, some]) => ({
    name,
    settings: some.map((setting) => ({ ...setting, rest: restOf(setting.path) })),
  }));
  return groups.toSorted((a, b) => Number(b.name === general) - Number(a.name === general));
}

const general = "General";

function groupOf(path: string): string {
  const first = /^[^.[]+/u.exec(path)?.[0] ?? path;
  return first === path ? general : first;
}

function restOf(path: string): string {
  return path.replace(/^[^.[]+(?:\.|(?=\[))/u, "");
}
