import { isNothing } from "../../files/yaml-text/find-field.ts";
import { readSetting } from "../../files/yaml-text/read-setting.ts";
import { readYaml as readDocuments } from "../../files/yaml-text/read-yaml.ts";
import { scalarText } from "../../files/yaml-text/scalar-text.ts";
import { emptySettings, type SettingText } from "./setting-text.ts";

/** Scalars keep their source text, nothing where nothing is written; aliases and merge keys are followed. */
export function readYaml(text: string): SettingText {
  const reading = readDocuments(text);
  if (reading.kind === "invalid") {
    const { line, column } = reading;
    return { kind: "invalid", problems: [{ at: { line, column }, text: reading.text }] };
  }
  const [document, second] = reading.documents;
  if (second?.root !== undefined) {
    const at = reading.lines.positionAt(second.root.range?.[0] ?? 0);
    return { kind: "invalid", problems: [{ at, text: "there is a second YAML document; settings are one" }] };
  }
  if (document === undefined || isNothing(document.root)) return emptySettings;
  const readScalar = (node: Parameters<typeof scalarText>[0]) => (isNothing(node) ? "" : scalarText(node));
  return { kind: "setting", setting: readSetting(document.root, 0, document, reading.lines, readScalar) };
}
