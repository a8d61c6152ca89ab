import { z } from "zod";
import { configSchema } from "./schema.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;

const fromFile: JsonSchema = {
  type: "object",
  properties: { File: { type: "string" } },
  required: ["File"],
  additionalProperties: false,
  description: "Reads the value from this file.",
};

/** For editors: the settings under the names they are documented by. Talos itself takes keys in any case. */
export function configJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(configSchema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      delete jsonSchema["isTree"];
      delete jsonSchema["countsWhenEmpty"];
      if (zodSchema instanceof z.ZodPipe) allowFile(jsonSchema);
      if (zodSchema instanceof z.ZodArray) allowSingle(jsonSchema);
      if (zodSchema instanceof z.ZodDefault || zodSchema instanceof z.ZodPrefault) {
        // The default of a section is that of its settings, and stands there.
        if (zodSchema.def.innerType instanceof z.ZodObject) delete jsonSchema.default;
        else Object.assign(jsonSchema, { default: zodSchema.def.defaultValue });
      }
    },
  });
  return { ...schema, title: "Configuration of Talos", $defs: { FromFile: fromFile } };
}

/** Every single value may come from a file instead. */
function allowFile(json: JsonSchema): void {
  offer(json, (own) => [own, { $ref: "#/$defs/FromFile" }]);
}

/** One item where a list is wanted is a list of one. */
function allowSingle(json: JsonSchema): void {
  offer(json, (own) => (own.items === undefined || Array.isArray(own.items) ? [own] : [own, own.items]));
}

/** Turns a schema into a choice, with what is said about it as a whole left outside. */
function offer(json: JsonSchema, choices: (own: JsonSchema) => readonly unknown[]): void {
  const outside = ["description", "deprecated", "writeOnly", "default"];
  const own: JsonSchema = {};
  for (const [key, value] of Object.entries(json)) {
    if (outside.includes(key)) continue;
    own[key] = value;
    delete json[key];
  }
  Object.assign(json, { anyOf: choices(own) });
}
