/**
 * Who may ask. A token in the request counts before anything else: a wrong one is refused, whatever else is there. Then the
 * session of the page, then the user whom a trusted proxy names. What a browser sends by itself, a cookie or what its proxy
 * adds, counts for changes only when the page of this Talos asks. Wrong tokens make an address wait, a right one too then,
 * so that waiting tells nothing; sessions do not wait.
 */
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import type { Caller, HttpContext, HttpEnvironment } from "../http-context.ts";
import { endShutOut } from "./end-shut-out.ts";
import { findToken } from "./find-token.ts";
import type { Door } from "./open-door.ts";
import { readBearer } from "./read-bearer.ts";
import { refuseForeign, refuseNobody } from "./refusals.ts";

export type Asking = Context<HttpEnvironment>;

interface LetIn {
  readonly kind: "in";
  readonly caller: Caller;
  /** Whether it still would be: streams go on for long. */
  readonly isStillIn: () => Promise<boolean>;
}

export type Letting = LetIn | { readonly kind: "refused"; readonly response: Response } | { readonly kind: "nobody" };

/** Sets `caller`; answers who is not let in. */
export function letIn(context: HttpContext, door: Door) {
  return createMiddleware<HttpEnvironment>(async (asking, next) => {
    const letting = await decide(asking, context, door);
    if (letting.kind === "refused") return letting.response;
    if (letting.kind === "nobody") return refuseNobody(asking);
    asking.set("caller", letting.caller);
    await next();
    endShutOut(asking, letting.isStillIn, context);
    return undefined;
  });
}

const harmless = ["GET", "HEAD", "OPTIONS"];

export async function decide(asking: Asking, context: HttpContext, door: Door): Promise<Letting> {
  const token = readBearer(asking.req.header("authorization"));
  if (token !== undefined) return letTokenIn(asking, token, context, door);
  const { incoming } = asking.env;
  const ambient = (await findSession(asking, door)) ?? findProxyUser(asking, door);
  if (ambient === undefined) return { kind: "nobody" };
  if (harmless.includes(asking.req.method) || door.browsers.origin(incoming) === "own") return ambient;
  return { kind: "refused", response: refuseForeign(asking) };
}

async function letTokenIn(asking: Asking, token: string, context: HttpContext, door: Door): Promise<Letting> {
  const found = await findToken(asking, token, context, door);
  if (found.kind === "refused") return found;
  const { name, createdMs, access } = found;
  return {
    kind: "in",
    caller: { name, access, via: "token" },
    isStillIn: async () => (await context.tokens.get(name))?.createdMs === createdMs,
  };
}

async function findSession(asking: Asking, { sessions, browsers }: Door): Promise<LetIn | undefined> {
  const id = getCookie(asking, browsers.cookie(asking.env.incoming).name);
  const found = id === undefined ? undefined : await sessions.find(id);
  if (id === undefined || found === undefined) return undefined;
  return {
    kind: "in",
    caller: { ...found, via: "session" },
    isStillIn: async () => (await sessions.find(id)) !== undefined,
  };
}

function findProxyUser(asking: Asking, { proxyUser }: Door): LetIn | undefined {
  const caller = proxyUser(asking.env.incoming);
  return caller && { kind: "in", caller, isStillIn: async () => true };
}
