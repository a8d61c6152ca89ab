import { expect, test } from "vitest";
import { describeSchema } from "./describe-schema.ts";

test.each([
  [undefined, "anything"],
  [{}, "anything"],
  [{ type: "string", format: "date" }, "string (date)"],
  [{ type: ["string", "null"] }, "string or null"],
  [{ enum: ["a", 1] }, '"a" | 1'],
  [{ const: true }, "true"],
  [{ type: "array", items: { type: "integer" } }, "list of integer"],
  [{ anyOf: [{ type: "string" }, { type: "null" }] }, "string or null"],
  [{ type: "object", additionalProperties: { type: "number" } }, "object of number by name"],
  [{ $ref: "#/components/schemas/Nowhere" }, "Nowhere"],
])("%j is %s", (schema, type) => {
  expect(describeSchema(schema, {})).toEqual({ type, fields: [] });
});

test("an object tells its fields, with the words and the schema they refer to", () => {
  const schemas = { Name: { type: "string", description: "Who." } };
  const schema = {
    type: "object",
    required: ["name"],
    properties: {
      name: { $ref: "#/components/schemas/Name" },
      some: { items: { properties: { at: { type: "number" } } } },
    },
  };
  expect(describeSchema(schema, schemas).fields).toEqual([
    { name: "name", type: "string", fields: [], isRequired: true, description: "Who." },
    {
      name: "some",
      type: "list of object",
      isRequired: false,
      fields: [{ name: "at", type: "number", fields: [], isRequired: false }],
    },
  ]);
});

test("choices between objects are told apart by their constant", () => {
  const part = (type: string) => ({ properties: { type: { const: type } } });
  const shape = describeSchema({ oneOf: [part("text"), part("code")] }, {});
  expect(shape.fields.map(({ name }) => name)).toEqual(['type: "text"', 'type: "code"']);
});

test("a schema that contains itself comes to an end", () => {
  const schemas = { Tree: { properties: { child: { $ref: "#/components/schemas/Tree" } } } };
  expect(JSON.stringify(describeSchema({ $ref: "#/components/schemas/Tree" }, schemas)).length).toBeLessThan(2000);
});
