import type { Context } from "hono";
import { problem } from "../problem.ts";

export function refuseNobody(asking: Context): Response {
  const response = problem(asking, 401, {
    code: "unauthorized",
    title: "Nobody is signed in",
    detail: "The request has no token, and no session that is still open.",
    hint: "Send `Authorization: Bearer <token>`, or sign in on the page. `talos token create` makes a token.",
  });
  response.headers.set("www-authenticate", 'Bearer realm="Talos"');
  return response;
}

export function refuseWrong(asking: Context): Response {
  return problem(asking, 403, {
    code: "wrong-token",
    title: "The token is wrong",
    detail: "There is no such token; it may have been revoked, or have expired.",
    hint: "`talos token list` shows which there are, `talos token create` makes a new one.",
  });
}

export function refuseWebhookToken(asking: Context): Response {
  return problem(asking, 403, {
    code: "forbidden",
    title: "The token is for webhooks",
    detail: "A token of an integration lets in its webhooks, and nothing else.",
    hint: "`talos token create <name> --access read` makes one for the API.",
  });
}

export function refuseForNow(asking: Context, waitSeconds: number): Response {
  const response = problem(asking, 429, {
    code: "too-many-requests",
    title: "Too many wrong tokens",
    detail: `Too many wrong tokens came from this address. It may try again in ${waitSeconds} s.`,
  });
  response.headers.set("retry-after", String(waitSeconds));
  return response;
}

export function refuseForeign(asking: Context): Response {
  return problem(asking, 403, {
    code: "cross-site",
    title: "Another site asks",
    detail: "The request does not come from the page of this Talos, so the session does not count for it.",
    hint: "Programs send `Authorization: Bearer <token>`. Behind a proxy, ApiSettings.BaseUrl has to be what the browser shows.",
  });
}

export function refuseAccess(asking: Context, has: string, wanted: string): Response {
  return problem(asking, 403, {
    code: "forbidden",
    title: "That is not allowed",
    detail: `It needs access ${wanted}, and this is access ${has}.`,
  });
}
