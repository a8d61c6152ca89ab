import { readJson } from "./read-json.ts";
import { readToml } from "./read-toml.ts";
import { readYaml } from "./read-yaml.ts";
import type { SettingText } from "./setting-text.ts";

/** By the ending of the file's name; YAML when it is none of ours. */
export function readSettings(name: string, written: string): SettingText {
  const text = written.replace(/^\uFEFF/, "");
  if (/\.jsonc?$/i.test(name)) return readJson(text);
  return /\.toml$/i.test(name) ? readToml(text) : readYaml(text);
}
