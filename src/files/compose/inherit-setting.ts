import type { Setting, SettingEntry } from "../../policy/setting.ts";
import { isNothing } from "../yaml-text/find-field.ts";
import type { ServiceField } from "./service-field.ts";

/** A setting over the one it inherits, as Compose merges extension fields. A key with nothing behind it changes nothing. */
export function inheritSetting(
  inherited: Setting | undefined,
  field: ServiceField | undefined,
  read: (field: ServiceField) => Setting,
): Setting | undefined {
  if (field === undefined) return inherited;
  if (field.isReset) return undefined;
  if (inherited !== undefined && isNothing(field.value)) return inherited;
  return merge(inherited, read(field));
}

function merge(base: Setting | undefined, own: Setting): Setting {
  if (base?.kind === "list" && own.kind === "list") return { ...own, items: [...base.items, ...own.items] };
  if (base?.kind !== "map" || own.kind !== "map") return own;
  const ownKeys = new Set(own.entries.map((entry) => entry.key));
  const inherited = base.entries.filter((entry) => !ownKeys.has(entry.key));
  const entries = own.entries.map((entry): SettingEntry => {
    const below = base.entries.find((candidate) => candidate.key === entry.key);
    return { ...entry, value: merge(below?.value, entry.value) };
  });
  return { ...own, entries: [...inherited, ...entries] };
}
