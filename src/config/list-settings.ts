import { z } from "zod";
import type { Setting } from "../policy/setting.ts";
import { type Config, configSchema } from "./schema.ts";
import { type SchemaParts, takeApart } from "./schema-parts.ts";
import { formatPath, type SettingPath } from "./shape-settings.ts";

export interface ListedSetting {
  /** `ImageUpdateSettings.Repositories[0].Url` */
  readonly path: string;
  readonly value: string;
  readonly isDefault: boolean;
}

/** What counts, for people to read. Secrets are `[secret]`; what only another program understands is left out. `given`: the paths of what was configured. */
export function listSettings(config: Config, given: ReadonlySet<string>): readonly ListedSetting[] {
  return listSetting(configSchema, config, []).map(({ path, value }) => {
    const text = formatPath(path);
    return { path: text, value, isDefault: !given.has(text) };
  });
}

interface FoundSetting {
  readonly path: SettingPath;
  readonly value: string;
}

function listSetting(schema: z.core.$ZodType, value: unknown, path: SettingPath): readonly FoundSetting[] {
  const parts = takeApart(schema);
  const { core } = parts;
  if (value === undefined || parts.isDeprecated) return [];
  if (core instanceof z.ZodObject) {
    const values = new Map(listEntries(value));
    return Object.entries(core.shape).flatMap(([key, inner]) => listSetting(inner, values.get(key), [...path, key]));
  }
  if (core instanceof z.ZodRecord)
    return listEntries(value).flatMap(([name, item]) => listSetting(core.valueType, item, [...path, name]));
  if (core instanceof z.ZodArray && Array.isArray(value))
    return value.flatMap((item, index) => listSetting(core.element, item, [...path, index]));
  const text = formatValue(parts, value);
  return text === undefined ? [] : [{ path, value: text }];
}

function formatValue({ core, isSecret, isTree }: SchemaParts, value: unknown): string | undefined {
  if (isSecret) return "[secret]";
  if (isTree)
    return core instanceof z.ZodUnknown || !isSetting(value) ? undefined : JSON.stringify(plainSetting(value));
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isSetting(value: unknown): value is Setting {
  return typeof value === "object" && value !== null && "kind" in value;
}

function plainSetting(setting: Setting): unknown {
  switch (setting.kind) {
    case "scalar":
      return setting.text;
    case "list":
      return setting.items.map(plainSetting);
    case "map":
      return Object.fromEntries(setting.entries.map(({ key, value }) => [key, plainSetting(value)]));
  }
}

function listEntries(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
