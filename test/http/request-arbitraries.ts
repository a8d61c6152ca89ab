import fc from "fast-check";

/** As much of JSON Schema as the API's document uses. */
export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly $ref?: string;
}

/** What somebody may send where a value is wanted that is none of theirs. */
export const odd = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "%00",
    "\u0000",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "'; DROP TABLE events; --",
    "__proto__",
    "constructor",
    "toString",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "a".repeat(3000),
    "1e999",
    "-0",
    "NaN",
    "9".repeat(400),
    "\ud800",
    "\u202e",
    "true",
    "null",
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.integer().map(String),
  fc.double().map(String),
);

const oddJson: fc.Arbitrary<unknown> = fc.oneof(
  odd,
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(null, true, 0, -1, 1e308, Number.MAX_SAFE_INTEGER, [], {}, [[[[]]]], { __proto__: null }),
);

/** Values that the schema allows; names that are there come in often, so that something happens. */
export function valid(schema: JsonSchema, names: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  switch (schema.type ?? "string") {
    case "boolean":
      return fc.boolean();
    case "integer":
    case "number": {
      const min = Math.max(schema.minimum ?? -1e6, -(2 ** 31));
      return fc.integer({ min, max: Math.min(schema.maximum ?? 1e6, 2 ** 31 - 1) });
    }
    case "array":
      return fc.array(valid(schema.items ?? {}, names), { maxLength: 3 });
    case "object": {
      const { properties = {}, required = [] } = schema;
      const values = Object.entries(properties).map(([name, inner]) => [name, valid(inner, names)] as const);
      return fc.record(Object.fromEntries(values), { requiredKeys: [...required] });
    }
    default: {
      const minLength = schema.minLength ?? 0;
      const text = fc.string({ unit: "grapheme", minLength, maxLength: Math.max(minLength, 20) });
      return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: text });
    }
  }
}

/** An object of the schema in which something may be wrong: a field too many, one too few, or one of another kind. */
export function mutated(schema: JsonSchema, names: readonly string[]): fc.Arbitrary<unknown> {
  const whole = valid({ ...schema, type: "object" }, names);
  const fields = Object.keys(schema.properties ?? {});
  const name = fc.oneof(fc.constantFrom(...fields, "follow", "__proto__"), odd);
  return fc.oneof(
    whole,
    oddJson,
    fc.tuple(whole, name, oddJson).map(([value, key, replaced]) => withField(value, key, replaced)),
  );
}

function withField(value: unknown, key: string, replaced: unknown): unknown {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries([...entries.filter(([one]) => one !== key), [key, replaced]]);
}
