import { stringify } from "yaml";
import { z } from "zod";
import { type ConfigNode, formatOrigin } from "./config-node.ts";
import { configSchema } from "./schema.ts";
import { type SchemaParts, takeApart } from "./schema-parts.ts";
import { formatPath, type SettingPath } from "./shape-settings.ts";

type Given = ReadonlyMap<string, ConfigNode>;

/**
 * What counts, as YAML that could be a configuration file, for `talos config show`: beside each value the file or
 * variable it came from, or that it is the default. Secrets are `[secret]`. What is neither set nor has a default is
 * left out.
 */
export function formatConfig(loaded: { readonly given: Given }): string {
  return formatKeys(Object.entries(configSchema.shape), [], loaded.given)
    .map((line) => `${line}\n`)
    .join("");
}

function formatKeys(
  keys: readonly (readonly [string, z.core.$ZodType])[],
  path: SettingPath,
  given: Given,
): readonly string[] {
  return keys.flatMap(([key, schema]) => {
    const inner = [...path, key];
    const { head, below } = formatSetting(schema, inner, given);
    if (head === undefined && below.length === 0) return [];
    return [`${stringify(key).trimEnd()}:${head === undefined ? "" : ` ${head}`}`, ...below.map((line) => `  ${line}`)];
  });
}

/** What stands behind the key, and the lines below it. */
interface FormattedSetting {
  readonly head: string | undefined;
  readonly below: readonly string[];
}

function formatSetting(schema: z.core.$ZodType, path: SettingPath, given: Given): FormattedSetting {
  const parts = takeApart(schema);
  const { core } = parts;
  const node = given.get(formatPath(path));
  if (node === undefined && parts.isOptional) return nothing;
  if (parts.isTree) return node === undefined ? nothing : { head: undefined, below: formatTree(node) };
  if (core instanceof z.ZodObject)
    return { head: undefined, below: formatKeys(Object.entries(core.shape), path, given) };
  if (core instanceof z.ZodRecord) {
    const names = node?.kind === "map" ? node.entries.map(({ key }) => key) : [];
    const below = formatKeys(
      names.map((name) => [name, core.valueType] as const),
      path,
      given,
    );
    return below.length > 0 ? { head: undefined, below } : formatDefault(parts);
  }
  if (core instanceof z.ZodArray)
    return node === undefined ? formatDefault(parts) : formatItems(core.element, path, given);
  return node === undefined ? formatDefault(parts) : { head: formatValue(node, parts.isSecret), below: [] };
}

const nothing: FormattedSetting = { head: undefined, below: [] };

function formatItems(schema: z.core.$ZodType, path: SettingPath, given: Given): FormattedSetting {
  const below: string[] = [];
  for (let index = 0; given.has(formatPath([...path, index])); index++) {
    const item = formatSetting(schema, [...path, index], given);
    const lines = [...(item.head === undefined ? [] : [item.head]), ...item.below];
    below.push(...lines.map((line, number) => (number === 0 ? `- ${line}` : `  ${line}`)));
  }
  return below.length > 0 ? { head: undefined, below } : { head: "[]", below };
}

function formatDefault({ defaultValue, isDeprecated }: SchemaParts): FormattedSetting {
  if (defaultValue === undefined || isDeprecated) return nothing;
  return { head: `${JSON.stringify(defaultValue)} # default`, below: [] };
}

function formatValue(node: ConfigNode, isSecret: boolean): string {
  const text = node.kind === "scalar" ? node.text : "";
  const value = isSecret ? "[secret]" : text;
  return `${/^(?:-?\d+|true|false)$/.test(value) ? value : JSON.stringify(value)} # ${formatOrigin(node)}`;
}

/** Settings kept as written: a policy, or a section that only older programs understand. */
function formatTree(node: ConfigNode): readonly string[] {
  if (node.kind === "scalar") return [formatValue(node, false)];
  if (node.kind === "list")
    return node.items.flatMap((item) =>
      formatTree(item).map((line, number) => (number === 0 ? `- ${line}` : `  ${line}`)),
    );
  return node.entries.flatMap(({ key, value }) => {
    const lines = formatTree(value);
    const name = stringify(key).trimEnd();
    return value.kind === "scalar" ? [`${name}: ${lines.join("")}`] : [`${name}:`, ...lines.map((line) => `  ${line}`)];
  });
}
