import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { openApiDocument } from "../../src/http/api/openapi/open-api-document.ts";
import { resources } from "../../src/http/api/resources/resources.ts";
import { operations } from "../../src/operations/operations.ts";
import { fakeTalos } from "../fixtures/fake-talos.ts";
import { openApi } from "./open-api.ts";

test("the document is OpenAPI 3.1, all references in it lead somewhere, and it is served", async () => {
  await using api = openApi(fakeTalos());
  const { status, body } = await api.get("/openapi.json");
  expect(status).toBe(200);
  const validator = new Validator();
  expect(await validator.validate(body as Record<string, unknown>)).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
  expect(() => validator.resolveRefs()).not.toThrow();
});

test("every resource and every operation has a path of its own, an id, a summary and the access it takes", () => {
  const { paths } = openApiDocument(operations, ".");
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.values(methods).map((described) => ({ path, ...described })),
  );
  for (const { path } of resources) expect(all.map((one) => one.path)).toContain(path);
  for (const { name } of operations)
    expect(all.map((one) => one.path)).toContain(`/operations/${name.replaceAll(" ", ".")}`);
  expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
  for (const { summary, security } of all) {
    expect(summary).toMatch(/^[A-Z].*\.$/);
    expect(security).toHaveLength(2);
  }
});
