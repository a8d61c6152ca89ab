import { expect, test } from "vitest";
import { filterGroups, readOpenApi } from "./read-openapi.ts";

const document = {
  tags: [{ name: "Hosts", description: "Where containers run." }],
  paths: {
    "/hosts/{name}/containers": {
      get: {
        summary: "List containers",
        tags: ["Hosts"],
        parameters: [{ name: "name", in: "path", required: true, schema: { type: "string" } }],
        responses: {
          "200": { description: "The containers", content: { "application/json": { schema: { type: "object" } } } },
          "404": { description: "There is no such host" },
        },
      },
    },
    "/operations/container.logs": {
      post: {
        requestBody: {
          content: {
            "application/json": {
              schema: {
                type: "object",
                required: ["host", "lines"],
                properties: { host: { type: "string" }, lines: { type: "integer" }, follow: { type: "boolean" } },
              },
            },
          },
        },
      },
    },
  },
};
const groups = readOpenApi(document, "https://t.example/api/v1");

test("routes come by their tag, or by the first word of the path", () => {
  expect(groups.map(({ name, description, routes }) => [name, description, routes.map(({ id }) => id)])).toEqual([
    ["Hosts", "Where containers run.", ["GET /hosts/{name}/containers"]],
    ["operations", undefined, ["POST /operations/container.logs"]],
  ]);
});

test("a route tells its parameters, its body and its answers", () => {
  const [hosts, operations] = groups.flatMap(({ routes }) => routes);
  expect(hosts?.parameters).toEqual([{ name: "name", place: "path", isRequired: true, type: "string", fields: [] }]);
  expect(hosts?.answers.map(({ status, shape }) => [status, shape?.type])).toEqual([
    ["200", "object"],
    ["404", undefined],
  ]);
  expect(operations?.body?.fields.map(({ name, isRequired }) => [name, isRequired])).toEqual([
    ["host", true],
    ["lines", true],
    ["follow", false],
  ]);
});

test("the example asks for what is required and no more", () => {
  expect(groups.flatMap(({ routes }) => routes.map(({ example }) => example))).toEqual([
    `curl 'https://t.example/api/v1/hosts/<name>/containers' \\\n  -H "Authorization: Bearer $TALOS_TOKEN"`,
    [
      `curl -X POST 'https://t.example/api/v1/operations/container.logs'`,
      `-H "Authorization: Bearer $TALOS_TOKEN"`,
      `-H 'Content-Type: application/json'`,
      `-d '{"host":"<host>","lines":1}'`,
    ].join(" \\\n  "),
  ]);
});

test("groups without a match are left out", () => {
  expect(filterGroups(groups, "get hosts").map(({ name }) => name)).toEqual(["Hosts"]);
  expect(filterGroups(groups, "")).toEqual(groups);
});

test("a document without anything has no groups", () => {
  expect(readOpenApi({}, "")).toEqual([]);
});
