import { resolveSchema, type Schemas } from "./describe-schema.ts";
import type { JsonSchema } from "./openapi-document.ts";

interface ExampleRequest {
  readonly method: string;
  readonly url: string;
  readonly body: JsonSchema | undefined;
  readonly schemas: Schemas;
}

/** For a shell, with the token in `$TALOS_TOKEN`; what a person has to fill in stands in angle brackets. */
export function exampleCommand({ method, url, body, schemas }: ExampleRequest): string {
  const address = url.replace(/\{(\w+)\}/gu, "<$1>");
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}${quote(address)}`,
    `-H "Authorization: Bearer $TALOS_TOKEN"`,
    ...(body === undefined
      ? []
      : [`-H ${quote("Content-Type: application/json")}`, `-d ${quote(JSON.stringify(exampleValue(body, schemas)))}`]),
  ];
  return lines.join(" \\\n  ");
}

/** Only what is required: the shortest request that works. */
function exampleValue(given: JsonSchema, schemas: Schemas, depth = 0): unknown {
  const schema = resolveSchema(given, schemas);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const choice = (schema.anyOf ?? schema.oneOf ?? schema.allOf)?.[0];
  if (choice !== undefined) return exampleValue(choice, schemas, depth);
  const type = typeof schema.type === "string" ? schema.type : schema.type?.[0];
  if (type === "array") return [];
  if (type === "integer" || type === "number") return 1;
  if (type === "boolean") return true;
  if (type !== "object" && schema.properties === undefined) return "…";
  if (depth > 3) return {};
  const entries = (schema.required ?? []).map((name) => {
    const property = schema.properties?.[name];
    const value = property === undefined ? "…" : exampleValue(property, schemas, depth + 1);
    return [name, value === "…" ? `<${name}>` : value];
  });
  return Object.fromEntries(entries);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
