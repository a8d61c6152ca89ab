import { Hono } from "hono";
import type { Access } from "../../src/config/access.ts";
import { apiRoutes } from "../../src/http/api/api-routes.ts";
import type { HttpContext, HttpEnvironment } from "../../src/http/http-context.ts";
import type { Operation } from "../../src/operations/operation.ts";
import { operations as everything } from "../../src/operations/operations.ts";
import type { Talos } from "../../src/operations/talos.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";

export interface TestApi extends AsyncDisposable {
  readonly app: Hono<HttpEnvironment>;
  /** What was logged as an error. */
  readonly faults: object[];
  readonly ending: AbortController;
  get(path: string, headers?: Record<string, string>): Promise<{ status: number; body: unknown; headers: Headers }>;
  post(
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: unknown; headers: Headers }>;
}

interface ApiOptions {
  readonly access?: Access;
  readonly via?: "token" | "session" | "proxy";
  readonly quietMs?: number;
  readonly operations?: readonly Operation[];
}

/** The routes of the API as somebody sees them who was let in. */
export function openApi(
  talos: Talos,
  { access = "admin", via = "token", quietMs = 15_000, operations = everything }: ApiOptions = {},
): TestApi {
  const faults: object[] = [];
  const ending = new AbortController();
  const ignore = () => undefined;
  const context: HttpContext = {
    config: talos.config,
    given: new Set(),
    talos,
    operations,
    tokens: talos.tokens,
    webhooks: { receive: async () => ({ kind: "ignored", text: "" }) },
    store: createMemoryStore(),
    version: "0.0.0",
    readiness: async () => ({ parts: {}, hosts: {} }),
    metrics: async () => ({ contentType: "text/plain", text: "" }),
    ending: ending.signal,
    log: { debug: ignore, info: ignore, warn: ignore, error: (facts) => void faults.push(facts) },
  };
  const app = new Hono<HttpEnvironment>();
  app.use(async (asking, next) => {
    asking.set("caller", { name: "ada", access, via });
    await next();
  });
  app.route("/api/v1", apiRoutes(context, { quietMs }));
  const send = async (path: string, request: RequestInit) => {
    const response = await app.request(`/api/v1${path}`, request);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
  };
  return {
    app,
    faults,
    ending,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, body, headers = {}) =>
      send(path, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    async [Symbol.asyncDispose]() {
      ending.abort();
    },
  };
}
