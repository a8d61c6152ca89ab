import type { JsonSchema } from "./openapi-document.ts";

/** A schema for a reader: what it is in words, and what is inside. */
export interface Shape {
  readonly type: string;
  readonly fields: readonly ShapeField[];
}

export interface ShapeField extends Shape {
  readonly name: string;
  readonly isRequired: boolean;
  readonly description?: string;
}

export type Schemas = Readonly<Record<string, JsonSchema>>;

/** Deeper than this nothing is told: nobody reads it, and a schema may contain itself. */
const deepest = 6;

export function describeSchema(schema: JsonSchema | boolean | undefined, schemas: Schemas, depth = 0): Shape {
  if (schema === undefined || typeof schema === "boolean") return { type: "anything", fields: [] };
  if (schema.$ref !== undefined) return describeReference(schema.$ref, schemas, depth);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return describeChoices(choices, schemas, depth);
  if (schema.allOf !== undefined) {
    const parts = schema.allOf.map((part) => describeSchema(part, schemas, depth));
    return { type: parts[0]?.type ?? "anything", fields: parts.flatMap(({ fields }) => fields) };
  }
  if (schema.enum !== undefined)
    return { type: schema.enum.map((value) => JSON.stringify(value)).join(" | "), fields: [] };
  if (schema.const !== undefined) return { type: JSON.stringify(schema.const), fields: [] };
  if (schema.items !== undefined) {
    const item = describeSchema(schema.items, schemas, depth);
    return { type: `list of ${item.type}`, fields: item.fields };
  }
  if (schema.properties !== undefined)
    return { type: "object", fields: depth >= deepest ? [] : fieldsOf(schema, schemas, depth) };
  if (typeof schema.additionalProperties === "object") {
    const value = describeSchema(schema.additionalProperties, schemas, depth);
    return { type: `object of ${value.type} by name`, fields: value.fields };
  }
  return { type: typeWords(schema), fields: [] };
}

/** The schema that a reference leads to. */
export function resolveSchema(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const name = schema.$ref?.split("/").at(-1);
  const found = name === undefined ? undefined : schemas[name];
  return found ?? schema;
}

function describeReference(reference: string, schemas: Schemas, depth: number): Shape {
  const name = reference.split("/").at(-1) ?? reference;
  const found = schemas[name];
  if (found === undefined || found.$ref === reference || depth >= deepest) return { type: name, fields: [] };
  return describeSchema(found, schemas, depth + 1);
}

function describeChoices(choices: readonly JsonSchema[], schemas: Schemas, depth: number): Shape {
  const shapes = choices.map((choice) => describeSchema(choice, schemas, depth));
  const types = [...new Set(shapes.map(({ type }) => type))].join(" or ");
  const [withFields, ...others] = shapes.filter(({ fields }) => fields.length > 0);
  if (withFields === undefined) return { type: types, fields: [] };
  if (others.length === 0) return { type: types, fields: withFields.fields };
  const alternatives = shapes.map((shape, index) => ({
    ...shape,
    name: titleOf(choices[index], schemas) ?? `choice ${index + 1}`,
    isRequired: false,
  }));
  return { type: "one of", fields: alternatives };
}

/** What tells one choice from the others: the constant of its first property, as `type: "text"`. */
function titleOf(choice: JsonSchema | undefined, schemas: Schemas): string | undefined {
  const properties = choice === undefined ? undefined : resolveSchema(choice, schemas).properties;
  const found = Object.entries(properties ?? {}).find(([, { const: value }]) => value !== undefined);
  return found === undefined ? undefined : `${found[0]}: ${JSON.stringify(found[1].const)}`;
}

function fieldsOf(
  { properties = {}, required = [] }: JsonSchema,
  schemas: Schemas,
  depth: number,
): readonly ShapeField[] {
  return Object.entries(properties).map(([name, property]) => {
    const { description = resolveSchema(property, schemas).description } = property;
    return {
      name,
      isRequired: required.includes(name),
      ...describeSchema(property, schemas, depth + 1),
      ...(description === undefined ? {} : { description }),
    };
  });
}

function typeWords({ type, format }: JsonSchema): string {
  const words = type === undefined ? "anything" : typeof type === "string" ? type : type.join(" or ");
  return format === undefined ? words : `${words} (${format})`;
}
