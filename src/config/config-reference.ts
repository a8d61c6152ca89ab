import { z } from "zod";
import { configSchema } from "./schema.ts";
import { type SchemaParts, takeApart } from "./schema-parts.ts";

/** docs/configuration.md below its introduction: a heading per section, a table of its settings. */
export function configReferenceMarkdown(): string {
  const top = Object.entries(configSchema.shape).filter(([name]) => name !== "$schema");
  const single = top.filter(([, schema]) => !isSection(takeApart(schema)));
  const sections = top.filter(([, schema]) => isSection(takeApart(schema)));
  return [
    formatTable(single.flatMap(([name, schema]) => listSettings(schema, name))),
    ...sections.map(([name, schema]) => {
      const rows = listSettings(schema, "");
      return `## ${name}\n\n${takeApart(schema).description}\n\n${formatTable(rows)}`;
    }),
  ].join("\n");
}

interface Row {
  readonly path: string;
  readonly parts: SchemaParts;
}

/** Maps appear as `<name>`, lists as `[]`; a section itself has no row. */
function listSettings(schema: z.core.$ZodType, path: string): readonly Row[] {
  const parts = takeApart(schema);
  const { core } = parts;
  if (core instanceof z.ZodObject) {
    return Object.entries(core.shape).flatMap(([name, inner]) =>
      listSettings(inner, path === "" ? name : `${path}.${name}`),
    );
  }
  if (core instanceof z.ZodRecord && isSection(takeApart(core.valueType)))
    return listSettings(core.valueType, `${path}.<name>`);
  if (core instanceof z.ZodArray && isSection(takeApart(core.element))) return listSettings(core.element, `${path}[]`);
  return [{ path, parts }];
}

function formatTable(rows: readonly Row[]): string {
  const lines = rows.map(({ path, parts }) => {
    const description = parts.isSecret ? `${parts.description} Secret.` : parts.description;
    return `| \`${path}\` | ${escapeCell(formatType(parts))} | ${formatDefault(parts)} | ${escapeCell(description)} |`;
  });
  return `| setting | value | default | meaning |\n|---|---|---|---|\n${lines.join("\n")}\n`;
}

function formatType({ core, isTree }: SchemaParts): string {
  if (core instanceof z.ZodArray) return `list of: ${formatType(takeApart(core.element))}`;
  if (core instanceof z.ZodRecord) return `map of: ${formatType(takeApart(core.valueType))}`;
  const json = z.globalRegistry.get(core) ?? {};
  const words = json["enum"];
  if (Array.isArray(words)) return words.map((word) => `\`${String(word)}\``).join(", ");
  if (isTree) return "as written";
  if (json["examples"] !== undefined && Array.isArray(json["examples"]))
    return `text, as \`${String(json["examples"][0])}\``;
  return typeof json["type"] === "string" && json["type"] !== "string" ? json["type"] : "text";
}

function formatDefault({ defaultValue }: SchemaParts): string {
  if (defaultValue === undefined) return "";
  return `\`${typeof defaultValue === "string" ? defaultValue : JSON.stringify(defaultValue)}\``;
}

function isSection({ core }: SchemaParts): boolean {
  if (core instanceof z.ZodRecord) return isSection(takeApart(core.valueType));
  if (core instanceof z.ZodArray) return isSection(takeApart(core.element));
  return core instanceof z.ZodObject;
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|");
}
