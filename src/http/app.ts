/**
 * What is served where: the API (`api/`), webhooks (`webhooks/`), health and figures (`health/`), the page (`page/`) on all
 * other paths. Every part is let in by `letIn` but those that see to it themselves: webhooks, which are signed, and health.
 * All paths here are without the prefix of `ApiSettings.BaseUrl`; see base-path.ts.
 */
import { Hono } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { answerFault } from "./answer-fault.ts";
import { apiRoutes } from "./api/api-routes.ts";
import { basePath, withoutBasePath } from "./base-path.ts";
import { healthRoutes } from "./health/health-routes.ts";
import type { HttpContext, HttpEnvironment } from "./http-context.ts";
import { clientAddress } from "./letting-in/client-address.ts";
import { letIn } from "./letting-in/let-in.ts";
import { openDoor } from "./letting-in/open-door.ts";
import { sessionRoutes } from "./letting-in/session-routes.ts";
import { limitBodies } from "./limits/limit-body.ts";
import { secureAnswers } from "./limits/security-headers.ts";
import { countRequest, traceRequest } from "./observe-request.ts";
import type { Page } from "./page/read-page.ts";
import { servePage } from "./page/serve-page.ts";
import { problem } from "./problem.ts";
import { webhookRoutes } from "./webhooks/webhook-routes.ts";

export function createApp(context: HttpContext, page: Page | undefined): Hono<HttpEnvironment> {
  const door = openDoor(context);
  const limitBody = limitBodies();
  const base = basePath(context.config.ApiSettings.BaseUrl);
  const app = new Hono<HttpEnvironment>({
    getPath: ({ url }) => withoutBasePath(new URL(url).pathname, base),
  });
  app.use(countRequest(context));
  app.use(secureAnswers(door.browsers));
  app.use(async (asking, next) => {
    asking.set("address", clientAddress(asking.env.incoming, door.isTrusted));
    await next();
  });
  app.use(methodNotAllowed({ app, onMethodNotAllowed: answerMethod }));
  app.route("/", healthRoutes(context, door));
  app.use("/webhooks/*", traceRequest, limitBody);
  app.route("/webhooks", webhookRoutes(context, door.wrongTokens));
  app.use("/api/v1/session", limitBody);
  app.route("/api/v1/session", sessionRoutes(context, door));
  app.use("/api/*", letIn(context, door), traceRequest, limitBody);
  app.route("/api/v1", apiRoutes(context));
  app.notFound(
    (asking) =>
      servePage(asking, page) ??
      problem(asking, 404, {
        code: "not-found",
        title: "There is nothing here",
        detail: `No ${asking.req.path} here.`,
      }),
  );
  app.onError((error, asking) => answerFault(error, asking, context.log));
  return app;
}

function answerMethod(asking: Parameters<typeof problem>[0], methods: readonly string[]): Response {
  const allow = [...methods, "OPTIONS"].join(", ");
  if (asking.req.method === "OPTIONS") return asking.body(null, 204, { allow });
  const detail = `${asking.req.path} takes ${allow}.`;
  const response = problem(asking, 405, { code: "method-not-allowed", title: "That method is not taken here", detail });
  response.headers.set("allow", allow);
  return response;
}
