import type { Operation } from "../../../operations/operation.ts";
import { answerSchema } from "../../../operations/view-schema.ts";
import { answerRequestSchema } from "../api-schemas.ts";
import { resources } from "../resources/resources.ts";
import { componentSchemas, schemaRef } from "./component-schemas.ts";
import { describeOperation } from "./describe-operation.ts";
import { describeResource } from "./describe-resource.ts";
import { componentResponses, refusalResponses } from "./responses.ts";
import { securityFor, securitySchemes } from "./security.ts";

/** OpenAPI 3.1. `serverUrl`: where the API is, from where the document is. */
export function openApiDocument(operations: readonly Operation[], serverUrl: string) {
  return {
    openapi: "3.1.1",
    info: { title: "Talos", version: "1", description, license: { name: "MIT", identifier: "MIT" } },
    servers: [{ url: serverUrl }],
    tags: [
      { name: "Resources", description: "What there is to look at. Times are milliseconds since 1970." },
      { name: "Operations", description: "What can be done: the same as in a terminal, in Discord and on the page." },
    ],
    paths: {
      ...Object.fromEntries(resources.map((resource) => [resource.path, { get: describeResource(resource) }])),
      "/updates/answer": { post: answerUpdate },
      ...Object.fromEntries(operations.map(describeOperation).map(({ path, post }) => [path, { post }] as const)),
      "/openapi.json": { get: ownDocument },
    },
    components: { schemas: componentSchemas(), responses: componentResponses(), securitySchemes },
  };
}

const description =
  "Talos keeps containers current, from the git repository that describes them to the container that runs. docs/api.md tells how the API is used.";

const answerUpdate = {
  operationId: "answerUpdate",
  tags: ["Resources"],
  summary: "Answer an open question: push, defer or ignore.",
  description: "With `question` only if that very question is still open.",
  security: securityFor("operate"),
  "x-talos-access": "operate",
  requestBody: { required: true, content: { "application/json": { schema: schemaRef(answerRequestSchema) } } },
  responses: {
    200: { description: "It is answered.", content: { "application/json": { schema: schemaRef(answerSchema) } } },
    ...refusalResponses([400, 404, 409, 413, 415, 422]),
  },
};

const ownDocument = {
  operationId: "getOpenApi",
  tags: ["Resources"],
  summary: "Get this document.",
  security: securityFor("read"),
  "x-talos-access": "read",
  responses: {
    200: { description: "This document.", content: { "application/json": { schema: { type: "object" } } } },
    ...refusalResponses([]),
  },
};
