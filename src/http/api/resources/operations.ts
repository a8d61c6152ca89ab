import { includesAccess } from "../../../config/access.ts";
import type { Operation } from "../../../operations/operation.ts";
import { type OperationDescription, operationsSchema } from "../api-schemas.ts";
import { argumentsSchema } from "../openapi/arguments-schema.ts";
import { defineResource, noQuery } from "./define-resource.ts";

export const operations = defineResource({
  path: "/operations",
  summary: "list what can be asked for by POST, with the JSON Schemas of the arguments",
  access: "read",
  query: noQuery,
  answer: operationsSchema,
  read: async (asked) => ({
    operations: asked.operations.map((operation) => ({
      ...describeOperation(operation),
      isAllowed: includesAccess(asked.caller.access, operation.access),
    })),
  }),
});

function describeOperation(operation: Operation): Omit<OperationDescription, "isAllowed"> {
  const { name, summary, access, positional } = operation;
  return { name, summary, access, positional: [...positional], arguments: argumentsSchema(operation) };
}
