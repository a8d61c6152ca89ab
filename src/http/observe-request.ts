import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { inSpan, resumeTrace } from "../telemetry/trace.ts";
import type { HttpContext, HttpEnvironment } from "./http-context.ts";

/** Counts a request, once its answer has begun, by the pattern of its route: never by the path. */
export function countRequest({ onRequest }: Pick<HttpContext, "onRequest">): MiddlewareHandler<HttpEnvironment> {
  return async (context, next) => {
    const startedMs = performance.now();
    await next();
    onRequest?.({
      method: context.req.method,
      route: routePath(context, -1),
      status: context.res.status,
      seconds: (performance.now() - startedMs) / 1000,
    });
  };
}

/**
 * A span for a request, in the trace of whoever sends its `traceparent`. For routes worth tracing: the API and webhooks, not
 * the page's files or what is asked every few seconds.
 */
export const traceRequest: MiddlewareHandler<HttpEnvironment> = (context, next) => {
  const { method } = context.req;
  return resumeTrace(context.req.header("traceparent"), () =>
    inSpan("http", method, { "http.request.method": method }, async (span) => {
      await next();
      const route = routePath(context, -1);
      span.rename(`${method} ${route}`);
      span.set({ "http.route": route, "http.response.status_code": context.res.status });
      if (context.res.status >= 500) span.fail(`answered ${context.res.status}`);
    }),
  );
};
