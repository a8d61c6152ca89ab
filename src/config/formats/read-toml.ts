import { parse, TomlError } from "smol-toml";
import type { Position, Setting } from "../../policy/setting.ts";
import type { SettingText } from "./setting-text.ts";

/** The parser tells no positions: everything is at the beginning. */
const beginning: Position = { line: 1, column: 1 };

export function readToml(text: string): SettingText {
  try {
    return { kind: "setting", setting: convert(parse(text, { integersAsBigInt: true })) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = error.message.split("\n")[0]?.replace(/^Invalid TOML document: /, "") ?? "";
    return {
      kind: "invalid",
      problems: [{ at: { line: error.line, column: error.column }, text: `this is not TOML: ${reason}` }],
    };
  }
}

function convert(value: unknown): Setting {
  if (Array.isArray(value)) return { kind: "list", at: beginning, items: value.map(convert) };
  if (typeof value !== "object" || value === null || value instanceof Date) {
    return { kind: "scalar", at: beginning, text: String(value) };
  }
  const entries = Object.entries(value).map(([key, inner]) => ({ key, keyAt: beginning, value: convert(inner) }));
  return { kind: "map", at: beginning, entries };
}
