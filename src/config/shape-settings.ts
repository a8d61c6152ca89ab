import { z } from "zod";
import { suggestName } from "../policy/nearest-name.ts";
import type { Setting } from "../policy/setting.ts";
import {
  type ConfigEntry,
  type ConfigMap,
  type ConfigNode,
  type ConfigOrigin,
  type ConfigRemark,
} from "./config-node.ts";
import { indexedItems, isIndexed } from "./merge-nodes.ts";
import { type SchemaParts, takeApart } from "./schema-parts.ts";

/** Settings under their proper names, values still as written; this is what the schema checks. */
export type Shaped = string | Setting | readonly Shaped[] | { readonly [key: string]: Shaped };

export type SettingPath = readonly (string | number)[];

export interface Shaping {
  readonly faults: ConfigRemark[];
  readonly notices: ConfigRemark[];
  /** What was given, by the formatted path of the setting. */
  readonly given: Map<string, ConfigNode>;
  /** The text of a file, or why it cannot be read. */
  readonly readValueFile: (path: string) => { readonly text: string } | { readonly problem: string };
}

/** undefined: nothing is written there, or what is cannot be used and a fault says why. */
export function shapeSettings(
  node: ConfigNode,
  schema: z.core.$ZodType,
  path: SettingPath,
  shaping: Shaping,
): Shaped | undefined {
  const parts = takeApart(schema);
  if (isNothing(node) && !parts.countsWhenEmpty) return undefined;
  shaping.given.set(formatPath(path), node);
  if (isNothing(node)) return {};
  if (parts.isDeprecated) shaping.notices.push(remark(path, lowerFirst(parts.description), node));
  if (parts.isTree) return node;
  if (parts.core instanceof z.ZodObject) return shapeObject(node, parts.core, path, shaping);
  if (parts.core instanceof z.ZodRecord) return shapeRecord(node, parts.core, path, shaping);
  if (parts.core instanceof z.ZodArray) return shapeList(node, parts.core, path, shaping);
  return shapeValue(node, parts, path, shaping);
}

/** `Repositories[0].Url`, `Domains["docker.io"].Limit` */
export function formatPath(path: SettingPath): string {
  const parts = path.map((part) => {
    if (typeof part === "number") return `[${part}]`;
    return /^[\w$-]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
  });
  return parts.join("").replace(/^\./, "");
}

function shapeObject(node: ConfigNode, schema: z.ZodObject, path: SettingPath, shaping: Shaping): Shaped | undefined {
  const names = Object.keys(schema.shape);
  if (node.kind !== "map") return wrongKind(node, `a section with keys (${listNames(names)})`, path, shaping);
  const shaped: [string, Shaped][] = [];
  for (const { key, keyAt, value } of withoutDoubles(node, path, shaping)) {
    const name = names.find((known) => known.toLowerCase() === key.toLowerCase());
    const inner = name === undefined ? undefined : schema.shape[name];
    if (name === undefined || inner === undefined) {
      const text = `is not a setting; ${suggestName(key, names)}`;
      shaping.faults.push(remark([...path, key], text, { at: keyAt, source: value.source }));
      continue;
    }
    const result = shapeSettings(value, inner, [...path, name], shaping);
    if (result !== undefined) shaped.push([name, result]);
  }
  return Object.fromEntries(shaped);
}

function shapeRecord(node: ConfigNode, schema: z.ZodRecord, path: SettingPath, shaping: Shaping): Shaped | undefined {
  if (node.kind !== "map") return wrongKind(node, "a map from names to settings", path, shaping);
  const shaped: [string, Shaped][] = [];
  const isSection = takeApart(schema.valueType).core instanceof z.ZodObject;
  for (const { key, value } of withoutDoubles(node, path, shaping)) {
    // A name without anything below it is a section of defaults.
    const result = isSection && isNothing(value) ? {} : shapeSettings(value, schema.valueType, [...path, key], shaping);
    if (result !== undefined) shaped.push([key, result]);
  }
  return Object.fromEntries(shaped);
}

/** Keeps the place of an element that has a fault, so that the numbers of the others stay right. */
const unusable = "";

/** One item where a list is wanted is a list of one. */
function shapeList(node: ConfigNode, schema: z.ZodArray, path: SettingPath, shaping: Shaping): Shaped {
  const items =
    node.kind === "list" ? node.items : node.kind === "map" && isIndexed(node) ? indexedItems(node) : [node];
  return items
    .filter((item) => !isNothing(item))
    .map((item, index) => shapeSettings(item, schema.element, [...path, index], shaping) ?? unusable);
}

function shapeValue(node: ConfigNode, parts: SchemaParts, path: SettingPath, shaping: Shaping): Shaped | undefined {
  if (node.kind === "scalar") return node.text;
  const file = node.kind === "map" && node.entries.length === 1 ? node.entries[0] : undefined;
  if (file?.key.toLowerCase() !== "file" || file.value.kind !== "scalar")
    return wrongKind(node, "a single value", path, shaping);
  const reading = shaping.readValueFile(file.value.text);
  if ("problem" in reading) {
    shaping.faults.push(remark(path, reading.problem, node));
    return undefined;
  }
  const text = reading.text.replace(/\r?\n$/, "");
  if (!parts.isSecret) shaping.given.set(formatPath(path), { kind: "scalar", text, at: node.at, source: node.source });
  return text === "" ? undefined : text;
}

function withoutDoubles(map: ConfigMap, path: SettingPath, shaping: Shaping): readonly ConfigEntry[] {
  const seen = new Set<string>();
  return map.entries.filter(({ key, keyAt, value }) => {
    const isDouble = seen.has(key.toLowerCase());
    seen.add(key.toLowerCase());
    if (isDouble)
      shaping.faults.push(remark([...path, key], "is there twice; keep one", { at: keyAt, source: value.source }));
    return !isDouble;
  });
}

function wrongKind(node: ConfigNode, wanted: string, path: SettingPath, shaping: Shaping): undefined {
  shaping.faults.push(
    remark(path, `must be ${wanted}, not a ${node.kind === "scalar" ? "single value" : node.kind}`, node),
  );
}

export function remark(path: SettingPath, text: string, from: ConfigOrigin | undefined): ConfigRemark {
  return { where: formatPath(path), text, from };
}

function isNothing(node: ConfigNode): boolean {
  return node.kind === "scalar" && node.text === "";
}

function listNames(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 8).join(", ")}, …` : names.join(", ");
}

export function lowerFirst(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, "")}`;
}
