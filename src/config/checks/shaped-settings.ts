import type { ConfigNode, ConfigRemark } from "../config-node.ts";
import { formatPath, remark, type SettingPath, type Shaped } from "../shape-settings.ts";

export type Given = ReadonlyMap<string, ConfigNode>;

export function fault(path: SettingPath, text: string, given: Given): ConfigRemark {
  const origins = path.map((_, index) => given.get(formatPath(path.slice(0, path.length - index))));
  return remark(
    path,
    text,
    origins.find((node) => node !== undefined),
  );
}

export function isWord(settings: Shaped, path: SettingPath, word: string): boolean {
  return textAt(settings, path)?.trim().toLowerCase() === word;
}

export function textAt(settings: Shaped, path: SettingPath): string | undefined {
  const found = follow(settings, path);
  return typeof found === "string" ? found : undefined;
}

export function itemsAt(settings: Shaped, path: SettingPath): readonly unknown[] {
  const found = follow(settings, path);
  return Array.isArray(found) ? found : [];
}

export function keysAt(settings: Shaped, path: SettingPath): readonly string[] {
  const found = follow(settings, path);
  return typeof found === "object" && found !== null ? Object.keys(found) : [];
}

export function follow(settings: Shaped, path: SettingPath): unknown {
  let found: unknown = settings;
  for (const part of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Object.entries(found).find(([key]) => key === String(part))?.[1];
  }
  return found;
}
