/**
 * The API, below /api/v1: what can be looked at is a resource (`resources/`), what can be done an operation
 * (`operations/`), the same that terminals and Discord have. Whoever comes here has been let in: `caller` is set. What is
 * wrong is answered as a problem document; a fault of ours tells the caller an id, and the log all of it. All answers are
 * for the caller alone, and nothing keeps them.
 */
import { type Context, Hono } from "hono";
import { TalosError } from "../../talos-error.ts";
import { answerFault } from "../answer-fault.ts";
import { answerText } from "../answer-text.ts";
import type { HttpContext, HttpEnvironment } from "../http-context.ts";
import { requireAccess } from "../letting-in/require-access.ts";
import { problem } from "../problem.ts";
import { answerRequestSchema } from "./api-schemas.ts";
import { describeFailure } from "./describe-failure.ts";
import { openEventFeed } from "./events/event-feed.ts";
import { wantsEventStream } from "./events/stream-answer.ts";
import { streamEvents } from "./events/stream-events.ts";
import { openApiDocument } from "./openapi/open-api-document.ts";
import { answerOperation } from "./operations/answer-operation.ts";
import { findOperation } from "./operations/find-operation.ts";
import { readBody } from "./operations/read-body.ts";
import type { Resource } from "./resources/define-resource.ts";
import { resources } from "./resources/resources.ts";

type Asking = Context<HttpEnvironment>;

/** After so long without anything to tell a stream says that it is alive. */
const usualQuietMs = 15_000;

export function apiRoutes(context: HttpContext, { quietMs = usualQuietMs } = {}): Hono<HttpEnvironment> {
  const api = new Hono<HttpEnvironment>();
  const feed = openEventFeed(context);
  api.onError((error, asking) => answerError(error, asking, context));
  for (const resource of resources) {
    const path = resource.path.replaceAll(/\{(\w+)\}/g, ":$1");
    api.get(path, requireAccess(resource.access), async (asking) => {
      if (path === "/events" && wantsEventStream(asking)) return streamEvents(asking, { context, feed, quietMs });
      return answerResource(resource, asking, context);
    });
  }
  api.post("/updates/answer", async (asking) => {
    const body = await readBody(asking);
    if (body.kind === "wrong") return refuseBody(asking, body);
    const parsed = answerRequestSchema.safeParse(body.value);
    if (!parsed.success) return refuseBody(asking, { status: 400, text: "the body must be {key, answer, question?}" });
    const { key, ...rest } = parsed.data;
    const operation = findOperation(context.operations, "update.answer");
    return answerOperation(asking, { context, operation, given: { reference: key, ...rest }, quietMs });
  });
  api.post("/operations/:name", async (asking) => {
    const operation = findOperation(context.operations, asking.req.param("name"));
    const body = await readBody(asking);
    if (body.kind === "wrong") return refuseBody(asking, body);
    return answerOperation(asking, { context, operation, given: body.value, quietMs });
  });
  const document = once(() => JSON.stringify(openApiDocument(context.operations, ".")));
  api.get("/openapi.json", (asking) => answerText(asking, document(), "application/json"));
  return api;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

async function answerResource(resource: Resource, asking: Asking, context: HttpContext): Promise<Response> {
  const asked = { ...context, caller: asking.get("caller"), name: asking.req.param("name") ?? "" };
  const answer = await resource.read(asked, asking.req.queries());
  return answerText(asking, JSON.stringify(answer), "application/json");
}

function refuseBody(asking: Asking, { status, text }: { readonly status: 400 | 415; readonly text: string }): Response {
  return problem(asking, status, { code: "usage", title: "What was asked is not understood", detail: text });
}

function answerError(error: Error, asking: Asking, { log }: HttpContext): Response {
  const isExpected = error instanceof TalosError && error.code !== "store-unreachable";
  return isExpected ? problem(asking, ...describeFailure(error)) : answerFault(error, asking, log);
}
