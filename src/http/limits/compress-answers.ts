import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { createMiddleware } from "hono/factory";
import type { HttpEnvironment } from "../http-context.ts";

const compress = promisify(gzip);

/** What is shorter would not become shorter. */
const leastBytes = 1024;
const compressible = /^(?:application\/(?:[a-z.-]+\+)?json|text\/(?:plain|yaml))(?:;|$)/;

/** Answers of the API, which are there as a whole; never streams. Files of the page are kept compressed. */
export const compressAnswers = createMiddleware<HttpEnvironment>(async (asking, next) => {
  await next();
  const { res } = asking;
  if (res.body === null || asking.req.method === "HEAD" || res.headers.has("content-encoding")) return;
  if (!compressible.test(res.headers.get("content-type") ?? "")) return;
  res.headers.append("vary", "accept-encoding");
  if (!acceptsGzip(asking.req.header("accept-encoding"))) return;
  const bytes = new Uint8Array(await res.arrayBuffer());
  const short = bytes.length < leastBytes ? bytes : await compress(bytes, { level: 3 });
  asking.res = new Response(short, res);
  if (short !== bytes) asking.res.headers.set("content-encoding", "gzip");
  asking.res.headers.set("content-length", String(short.length));
});

/** `gzip;q=0` says no. */
export function acceptsGzip(header: string | undefined): boolean {
  return (header ?? "").split(",").some((one) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(one));
}
