import { z } from "zod";
import type { ConfigNode, ConfigOrigin, ConfigRemark } from "./config-node.ts";
import { takeApart } from "./schema-parts.ts";
import {
  formatPath,
  lowerFirst,
  remark,
  type SettingPath,
  type Shaped,
  type Shaping,
  shapeSettings,
} from "./shape-settings.ts";

export interface CheckedSettings<Value> {
  /** undefined when a fault stands in the way. */
  readonly value: Value | undefined;
  /** Under proper names, as far as it can be understood: for checks that look at several settings. */
  readonly shaped: Shaped;
  readonly faults: readonly ConfigRemark[];
  readonly notices: readonly ConfigRemark[];
  readonly given: ReadonlyMap<string, ConfigNode>;
}

export function checkSettings<Schema extends z.ZodObject>(
  root: ConfigNode,
  schema: Schema,
  readValueFile: Shaping["readValueFile"],
): CheckedSettings<z.output<Schema>> {
  const shaping: Shaping = { faults: [], notices: [], given: new Map(), readValueFile };
  const shaped = shapeSettings(root, schema, [], shaping) ?? {};
  const parsed = schema.safeParse(shaped);
  const alreadyFaulty = new Set(shaping.faults.map(({ where }) => where));
  const issues = (parsed.error?.issues ?? []).map((issue) => readIssue(issue, schema, shaping.given));
  const faults = [...shaping.faults, ...issues.filter(({ where }) => !alreadyFaulty.has(where))];
  const value = faults.length === 0 ? parsed.data : undefined;
  return { value, shaped, faults, notices: shaping.notices, given: shaping.given };
}

function readIssue(issue: z.core.$ZodIssue, schema: z.ZodObject, given: ReadonlyMap<string, ConfigNode>): ConfigRemark {
  const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
  const node = nearestGiven(path, given);
  if (issue.code !== "invalid_type") return remark(path, issue.message, node && withPlaceOf(issue, node));
  return remark(path, `is missing: ${lowerFirst(describePath(path, schema))}`, node);
}

/** A problem inside a tree knows its own line. */
function withPlaceOf(issue: z.core.$ZodIssue, node: ConfigNode): ConfigOrigin {
  const at = issue.code === "custom" ? placeSchema.safeParse(issue.params?.["at"]) : undefined;
  return at?.data === undefined ? node : { at: at.data, source: node.source };
}

const placeSchema = z.object({ line: z.number(), column: z.number() });

function nearestGiven(path: SettingPath, given: ReadonlyMap<string, ConfigNode>): ConfigNode | undefined {
  for (let length = path.length; length > 0; length--) {
    const node = given.get(formatPath(path.slice(0, length)));
    if (node !== undefined) return node;
  }
  return undefined;
}

function describePath(path: SettingPath, schema: z.ZodObject): string {
  let parts = takeApart(schema);
  for (const part of path) {
    const inner = innerSchema(parts.core, part);
    if (inner === undefined) break;
    parts = takeApart(inner);
  }
  return parts.description;
}

function innerSchema(core: z.core.$ZodType, part: string | number): z.core.$ZodType | undefined {
  if (core instanceof z.ZodObject) return core.shape[part];
  if (core instanceof z.ZodRecord) return core.valueType;
  return core instanceof z.ZodArray ? core.element : undefined;
}
