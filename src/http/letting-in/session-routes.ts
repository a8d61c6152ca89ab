import { Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import * as z from "zod/mini";
import type { Session } from "../api/api-schemas.ts";
import type { Caller, HttpContext, HttpEnvironment } from "../http-context.ts";
import { problem } from "../problem.ts";
import { findToken } from "./find-token.ts";
import { type Asking, letIn } from "./let-in.ts";
import type { Door } from "./open-door.ts";
import { refuseForeign } from "./refusals.ts";

const signInSchema = z.strictObject({ token: z.string().check(z.minLength(1)) });

/** `/session`: who is signed in, signing in with a token, signing out. */
export function sessionRoutes(context: HttpContext, door: Door): Hono<HttpEnvironment> {
  const describe = ({ name, access, via }: Caller): Session => ({ user: name, access, via, version: context.version });
  return new Hono<HttpEnvironment>()
    .get("/", letIn(context, door), (asking) => asking.json(describe(asking.get("caller"))))
    .post("/", async (asking) => {
      const refusal = refuseOrigin(asking, context, door);
      if (refusal !== undefined) return refusal;
      const given = signInSchema.safeParse(await asking.req.json().catch(() => undefined));
      if (!given.success) return problem(asking, 400, { code: "usage", title: 'The body has to be {"token": "…"}' });
      const found = await findToken(asking, given.data.token, context, door);
      if (found.kind === "refused") return found.response;
      await beginSession(asking, found, context, door);
      return asking.json(describe({ name: found.name, access: found.access, via: "session" }));
    })
    .delete("/", async (asking) => {
      const refusal = refuseOrigin(asking, context, door);
      if (refusal !== undefined) return refusal;
      await endSession(asking, door);
      return asking.body(null, 204);
    });
}

/** Nobody is to be signed in or out by another site. */
function refuseOrigin(asking: Asking, { config }: HttpContext, { browsers }: Door): Response | undefined {
  const { incoming } = asking.env;
  if (browsers.origin(incoming) === "foreign") return refuseForeign(asking);
  if (!browsers.isSecure(incoming) || !(incoming.headers.origin ?? "").startsWith("http:")) return undefined;
  // The browser would not keep the cookie, and not say so.
  return problem(asking, 403, {
    code: "insecure-origin",
    title: "This page was not opened by HTTPS",
    detail: `This Talos is at ${config.ApiSettings.BaseUrl}, and its cookie is for HTTPS alone.`,
    hint: `Sign in at ${config.ApiSettings.BaseUrl}.`,
  });
}

async function beginSession(
  asking: Asking,
  token: Parameters<Door["sessions"]["begin"]>[0],
  { talos, log }: HttpContext,
  door: Door,
): Promise<void> {
  const { name, path, secure } = door.browsers.cookie(asking.env.incoming);
  const former = getCookie(asking, name);
  if (former !== undefined) await door.sessions.end(former);
  const { id, expiresMs } = await door.sessions.begin(token);
  const maxAge = Math.floor((expiresMs - talos.now()) / 1000);
  log.info({ token: token.name, address: asking.get("address") }, "somebody signed in on the page");
  setCookie(asking, name, id, { path, secure, maxAge, httpOnly: true, sameSite: "Strict" });
}

async function endSession(asking: Asking, { sessions, browsers }: Door): Promise<void> {
  const { name, path, secure } = browsers.cookie(asking.env.incoming);
  const id = getCookie(asking, name);
  if (id !== undefined) await sessions.end(id);
  deleteCookie(asking, name, { path, secure, httpOnly: true, sameSite: "Strict" });
}
