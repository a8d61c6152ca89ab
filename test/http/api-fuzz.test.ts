import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { openApiDocument } from "../../src/http/api/openapi/open-api-document.ts";
import { operations } from "../../src/operations/operations.ts";
import { fakeContainer, fakeHost, fakeProject } from "../fixtures/fake-host.ts";
import {
  fakeTalos,
  infra,
  letterOf,
  planned,
  plannedUpdate,
  questionOf,
  recordOf,
  waitingOf,
} from "../fixtures/fake-talos.ts";
import { type HttpWorld, openHttpWorld } from "../fixtures/http-world.ts";
import { type JsonSchema, mutated, odd, valid } from "./request-arbitraries.ts";

const hostile = `<img src=x onerror="alert(1)">`;
const names = [infra, "web", "db", "api", "nas", "all", "blog", "group:immich", "compose.yml", hostile, "updates"];
const requests = 5000;

interface Described {
  readonly parameters?: Route["parameters"];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses: Readonly<Record<string, Answer>>;
}

interface Answer {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

/** As who reads it sees it. */
const document: {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, Answer>>;
  };
} = JSON.parse(JSON.stringify(openApiDocument(operations, ".")));

interface Route {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: JsonSchema }[];
  readonly body: JsonSchema | undefined;
}

/** Of what the document says, nothing but that. */
const routes: readonly Route[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({
    method: method.toUpperCase(),
    path,
    parameters: described.parameters ?? [],
    body: resolve(described.requestBody?.content["application/json"]?.schema),
  })),
);

function resolve(schema: JsonSchema | undefined): JsonSchema | undefined {
  const name = schema?.$ref?.split("/").at(-1);
  return name === undefined ? schema : document.components.schemas[name];
}

interface Sent {
  readonly path: string;
  readonly init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string };
}

const sent: fc.Arbitrary<Sent & { readonly route: Route }> = fc.constantFrom(...routes).chain((route) => {
  const query = route.parameters.filter((one) => one.in === "query");
  const values = query.map(({ name, schema }) =>
    fc.option(fc.tuple(fc.constant(name), seldomOdd(valid(schema, names))), { freq: 2 }),
  );
  return fc
    .record({
      name: fc.oneof(fc.constantFrom(...names), odd),
      query: fc.tuple(...values),
      extra: seldom(fc.tuple(odd, odd), 15),
      body: mutated(route.body ?? {}, names),
      type: fc.constantFrom(...Array(9).fill("application/json"), "application/json; charset=utf-8", "text/plain", ""),
      accept: fc.constantFrom("application/json", "*/*", "text/event-stream", ""),
      raw: seldom(odd, 15),
      method: seldom(fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"), 20),
      lastEventId: seldom(fc.oneof(fc.nat().map(String), fc.constantFrom("x", "-1", "99999999999999999999")), 10),
    })
    .map(({ name, query: pairs, extra, body, type, accept, raw, method, lastEventId }) => {
      const search = new URLSearchParams(
        [...pairs, extra].flatMap((pair): [string, string][] => (pair === null ? [] : [[pair[0], String(pair[1])]])),
      );
      const asked = method ?? route.method;
      const hasBody = asked !== "GET" && asked !== "OPTIONS";
      const headers = {
        ...(type === "" || !hasBody ? {} : { "content-type": type }),
        ...(accept === "" ? {} : { accept }),
        ...(lastEventId === null ? {} : { "last-event-id": lastEventId }),
      };
      return {
        route,
        path: `/api/v1${route.path.replace("{name}", () => encodeName(name))}${search.size === 0 ? "" : `?${search.toString()}`}`,
        init: { method: asked, headers, ...(hasBody ? { body: raw ?? JSON.stringify(body) } : {}) },
      };
    });
});

function seldomOdd(arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 5, arbitrary }, { weight: 1, arbitrary: odd });
}

function seldom<T>(arbitrary: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T | null> {
  return fc.oneof({ weight, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()) || "x";
}

async function openScene(): Promise<HttpWorld> {
  const blog = fakeProject("blog", ["web", "db"]);
  const host = fakeHost("nas", {
    containers: [fakeContainer("web"), fakeContainer(hostile), ...blog.containers],
    projects: [blog.project],
    logs: { web: [hostile] },
  });
  const talos = fakeTalos([infra], { hosts: [host] });
  const references = [plannedUpdate("web"), plannedUpdate("api"), plannedUpdate("db"), planned(hostile)];
  const seed = () => {
    talos.state.records[infra] = recordOf(references);
    talos.state.questions.splice(0, 10, questionOf(plannedUpdate("web")));
    talos.state.queue.splice(0, 10, waitingOf(plannedUpdate("api")));
    talos.state.letters.splice(0, 10, letterOf(plannedUpdate("db")));
  };
  seed();
  talos.state.onScan = (source) => {
    seed();
    const record = talos.state.records[source];
    if (record !== undefined) talos.state.records[source] = { ...record, startedMs: talos.now(), endedMs: talos.now() };
  };
  return openHttpWorld({ talos });
}

test("requests made of the document, and broken ones, are answered as it says and are never a fault", async () => {
  await using world = await openScene();
  const counts = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(sent, async ({ path, init, route }) => {
      const stop = new AbortController();
      const response = await world.ask(path, { ...init, signal: stop.signal }, "admin");
      counts.set(response.status, (counts.get(response.status) ?? 0) + 1);
      expect(response.status, `${init.method} ${path} ${init.body}`).toBeLessThan(500);
      const type = response.headers.get("content-type") ?? "";
      // What is followed never ends.
      if (type.startsWith("text/event-stream")) {
        stop.abort();
        return;
      }
      const text = await response.text();
      if (init.method === "OPTIONS") {
        expect(text).toBe("");
        return;
      }
      const schema = schemaOf(route, init.method, response.status, type);
      expect(schema.safeParse(JSON.parse(text)).error, `${path}: ${text}`).toBeUndefined();
    }),
    { numRuns: requests },
  );
  expect(world.log.filter((line) => line.startsWith("error"))).toEqual([]);
  // Most of what can be answered was.
  for (const status of [200, 400, 404, 405, 415]) expect(counts.get(status) ?? 0, `${status}`).toBeGreaterThan(50);
}, 120_000);

/** The schema that the document has for such an answer. */
function schemaOf({ path, method }: Route, asked: string, status: number, type: string): z.ZodType {
  const own = asked === method ? document.paths[path]?.[method.toLowerCase()]?.responses[status] : undefined;
  const described = own?.$ref === undefined && own !== undefined ? own : document.components.responses[status];
  const schema = described?.content?.[type.split(";")[0] ?? ""]?.schema;
  expect(schema, `${method} ${path} may answer ${status} as ${type}`).toBeDefined();
  return compiled(JSON.stringify(schema));
}

const known = new Map<string, z.ZodType>();

function compiled(schema: string): z.ZodType {
  const found = known.get(schema) ?? z.fromJSONSchema(withDefinitions(schema));
  known.set(schema, found);
  return found;
}

/** zod looks for definitions at one place only. */
function withDefinitions(schema: string): Record<string, unknown> {
  const definitions = JSON.stringify(document.components.schemas);
  const move = (text: string) => text.replaceAll("#/components/schemas/", "#/$defs/");
  return { ...JSON.parse(move(schema)), $defs: JSON.parse(move(definitions)) };
}
