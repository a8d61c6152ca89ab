import { describeSchema, type Schemas, type Shape, type ShapeField } from "./describe-schema.ts";
import { exampleCommand } from "./example-command.ts";
import type { OpenApiContent, OpenApiDocument, OpenApiOperation, OpenApiResponse } from "./openapi-document.ts";

export interface ApiGroup {
  readonly name: string;
  readonly description?: string;
  readonly routes: readonly ApiRoute[];
}

export interface ApiRoute {
  /** `GET /hosts/{name}/containers`: once in a document. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  /** Of path and query. */
  readonly parameters: readonly (ShapeField & { readonly place: string })[];
  readonly body?: Shape;
  readonly answers: readonly ApiAnswer[];
  /** A command line that asks it. */
  readonly example: string;
}

export interface ApiAnswer {
  readonly status: string;
  readonly description?: string;
  readonly contentTypes: readonly string[];
  readonly shape?: Shape;
}

const methods = ["get", "post", "put", "patch", "delete"];

/** The routes in the order of the document, by their first tag, or else by the first word of the path. */
export function readOpenApi(document: OpenApiDocument, baseUrl: string): readonly ApiGroup[] {
  const schemas = document.components?.schemas ?? {};
  const routes = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      const group = operation.tags?.[0] ?? path.split("/")[1] ?? "";
      return [{ group, route: readRoute(method.toUpperCase(), path, operation, schemas, baseUrl) }];
    }),
  );
  return [...Map.groupBy(routes, ({ group }) => group)].map(([name, some]) => {
    const description = document.tags?.find((tag) => tag.name === name)?.description;
    return { name, routes: some.map(({ route }) => route), ...(description === undefined ? {} : { description }) };
  });
}

/** Every word in its path, method or what it is for. */
export function filterGroups(groups: readonly ApiGroup[], text: string): readonly ApiGroup[] {
  const words = text.toLowerCase().split(/\s+/u);
  const isWanted = ({ id, summary }: ApiRoute) =>
    words.every((word) => `${id} ${summary}`.toLowerCase().includes(word));
  return groups
    .map((group) => ({ ...group, routes: group.routes.filter(isWanted) }))
    .filter(({ routes }) => routes.length > 0);
}

function readRoute(
  method: string,
  path: string,
  operation: OpenApiOperation,
  schemas: Schemas,
  baseUrl: string,
): ApiRoute {
  const { summary, description, operationId, parameters = [], requestBody, responses = {} } = operation;
  const bodySchema = schemaOf(requestBody?.content);
  return {
    id: `${method} ${path}`,
    method,
    path,
    summary: summary ?? operationId ?? "",
    ...(description === undefined ? {} : { description }),
    parameters: parameters.map(({ name = "", in: place = "query", required = false, description: words, schema }) => ({
      name,
      place,
      isRequired: required,
      ...describeSchema(schema, schemas),
      ...(words === undefined ? {} : { description: words }),
    })),
    ...(bodySchema === undefined ? {} : { body: describeSchema(bodySchema, schemas) }),
    answers: Object.entries(responses).flatMap(([status, response]) =>
      response === undefined ? [] : [readAnswer(status, response, schemas)],
    ),
    example: exampleCommand({ method, url: `${baseUrl}${path}`, body: bodySchema, schemas }),
  };
}

function readAnswer(status: string, { description, content = {} }: OpenApiResponse, schemas: Schemas): ApiAnswer {
  const schema = schemaOf(content);
  return {
    status,
    contentTypes: Object.keys(content),
    ...(description === undefined ? {} : { description }),
    ...(schema === undefined ? {} : { shape: describeSchema(schema, schemas) }),
  };
}

function schemaOf(content: OpenApiContent | undefined) {
  return Object.values(content ?? {}).find((one) => one?.schema !== undefined)?.schema;
}
