import { type Context, Hono } from "hono";
import { answerText } from "../answer-text.ts";
import type { HttpContext, HttpEnvironment, Readiness } from "../http-context.ts";
import { decide } from "../letting-in/let-in.ts";
import type { Door } from "../letting-in/open-door.ts";
import { refuseNobody } from "../letting-in/refusals.ts";
import { isAskedHere } from "./is-asked-here.ts";
import { rememberFor } from "./remember-for.ts";

/** So often the parts are looked at, however often it is asked. */
const readinessMs = 1000;

/** Whether Talos is alive, whether it can work, and its figures. */
export function healthRoutes(context: HttpContext, door: Door): Hono<HttpEnvironment> {
  const readiness = rememberFor(readinessMs, context.readiness, () => performance.now());
  const alive = (asking: Context) => asking.text("Healthy\n");
  return new Hono<HttpEnvironment>()
    .get("/hc", alive)
    .get("/healthz", alive)
    .get("/readyz", async (asking) => {
      const letting = await decide(asking, context, door);
      if (letting.kind === "refused") return letting.response;
      const found = await readiness();
      const isReady = Object.values(found.parts).every((problem) => problem === undefined);
      const mayKnow = letting.kind === "in" || isAskedHere(asking.env.incoming, context.config.ApiSettings);
      return asking.json({ ready: isReady, ...describe(found, mayKnow) }, isReady ? 200 : 503);
    })
    .get("/metrics", async (asking) => {
      const { ApiSettings } = context.config;
      if (!ApiSettings.PublicMetrics && !isAskedHere(asking.env.incoming, ApiSettings)) {
        const letting = await decide(asking, context, door);
        if (letting.kind === "refused") return letting.response;
        if (letting.kind === "nobody") return refuseNobody(asking);
      }
      const { text, contentType } = await context.metrics();
      return answerText(asking, text, contentType);
    });
}

/** Why something is down may name machines: that is for those who may look. */
function describe({ parts, hosts }: Readiness, mayKnow: boolean): Record<string, Record<string, string>> {
  const words = (problems: Readiness["parts"]) =>
    Object.fromEntries(
      Object.entries(problems).map(([name, problem]) => {
        if (problem === undefined) return [name, "up"];
        return [name, mayKnow ? problem : "down"];
      }),
    );
  return { parts: words(parts), hosts: words(hosts) };
}
