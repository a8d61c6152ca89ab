/**
 * `POST /webhooks/<integration>`, which forges and registries call. They look at the status alone: what begins with 2 was taken,
 * everything else they send again, or give up; so what is of no interest is taken too. Which token lets it in is decided in
 * `webhooks/verify`, over the bytes as they came; a right one is never refused for what others of the same address did wrong.
 */
import { type Context, Hono } from "hono";
import { type Integration, integrations } from "../../tokens/integration.ts";
import { admitDelivery } from "../../webhooks/verify/admit-delivery.ts";
import type { AdmittedRequest, WebhookRequest } from "../../webhooks/webhooks.ts";
import type { HttpContext, HttpEnvironment } from "../http-context.ts";
import { refuseForNow } from "../letting-in/refusals.ts";
import type { WrongTokens } from "../letting-in/wrong-tokens.ts";
import { problem } from "../problem.ts";

type WebhookContext = Pick<HttpContext, "tokens" | "webhooks" | "log"> & {
  readonly talos: Pick<HttpContext["talos"], "now">;
};

export function webhookRoutes(context: WebhookContext, wrongTokens: WrongTokens): Hono<HttpEnvironment> {
  const routes = new Hono<HttpEnvironment>();
  routes.post("/:integration", async (c) => {
    const integration = integrations.find((known) => known === c.req.param("integration"));
    if (integration === undefined) return unknownIntegration(c);
    const request = await readRequest(c, integration);
    const { tokens, talos } = context;
    const admission = await admitDelivery(request, { tokens, nowMs: talos.now(), queryToken: c.req.query("token") });
    if (admission.kind === "admitted") return take(c, { ...request, token: admission.token }, context);
    if (admission.kind === "missing") return missing(c, admission.text);
    const address = c.get("address");
    const waitSeconds = wrongTokens.waitSeconds(address, talos.now());
    if (waitSeconds !== undefined) return refuseForNow(c, waitSeconds);
    wrongTokens.note(address, talos.now());
    context.log.warn({ integration, address }, `a webhook was refused: ${admission.text}`);
    return wrong(c, admission.text);
  });
  return routes;
}

async function readRequest(c: Context<HttpEnvironment>, integration: Integration): Promise<WebhookRequest> {
  return { integration, headers: c.req.header(), body: new Uint8Array(await c.req.arrayBuffer()) };
}

async function take(
  c: Context<HttpEnvironment>,
  request: AdmittedRequest,
  { webhooks, log }: WebhookContext,
): Promise<Response> {
  const taken = await webhooks.receive(request);
  const { integration, token } = request;
  log.debug({ integration, token, ...taken }, "a webhook came");
  switch (taken.kind) {
    case "stored":
    case "repeated":
      return c.json({ outcome: taken.kind }, 202);
    case "ignored":
      return c.json({ outcome: "ignored", text: taken.text }, 200);
    case "malformed":
      return problem(c, 400, { code: "malformed", title: "The delivery cannot be read", detail: taken.text });
    case "full":
      c.header("Retry-After", "60");
      return problem(c, 503, { code: "inbox-full", title: "Too many deliveries wait to be handled" });
  }
}

function unknownIntegration(c: Context): Response {
  const detail = `There is no integration of that name. Known are ${integrations.join(", ")}.`;
  return problem(c, 400, { code: "unknown-integration", title: "Unknown integration", detail });
}

function missing(c: Context, detail: string): Response {
  c.header("WWW-Authenticate", "Bearer");
  const hint = "talos token create <name> --integration <integration> makes one.";
  return problem(c, 401, { code: "unauthorized", title: "A token is needed", detail, hint });
}

function wrong(c: Context, detail: string): Response {
  return problem(c, 403, { code: "forbidden", title: "The token is wrong", detail });
}
