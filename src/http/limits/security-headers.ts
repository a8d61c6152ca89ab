import { createMiddleware } from "hono/factory";
import type { HttpEnvironment } from "../http-context.ts";
import type { BrowserConnection } from "../letting-in/browser-connection.ts";

/** The page is files of its own: nothing inline, nothing from elsewhere. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const always = {
  "content-security-policy": contentPolicy,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  // Not no-referrer: some browsers then send `Origin: null` from the page itself.
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
};

/** On every answer. What may be kept says so itself; everything else may not. */
export function secureAnswers(browsers: BrowserConnection) {
  return createMiddleware<HttpEnvironment>(async (asking, next) => {
    await next();
    const { headers } = asking.res;
    for (const [name, value] of Object.entries(always)) headers.set(name, value);
    if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
    if (browsers.isSecure(asking.env.incoming)) headers.set("strict-transport-security", "max-age=31536000");
    // Of a stream that was asked for by HEAD, nobody reads the body.
    if (asking.req.method === "HEAD") await asking.res.body?.cancel();
  });
}
