import type { Context } from "hono";
import { acceptsGzip } from "../answer-text.ts";
import type { Page, PageFile } from "./read-page.ts";

/** Not the page's, whatever a browser asks for there. */
const others = /^\/(?:api|webhooks|assets)(?:\/|$)|^\/(?:hc|healthz|readyz|metrics)$/;

/** A file of the page, or the page itself for a path that it may know (`/updates`); undefined: neither. */
export function servePage(asking: Context, page: Page | undefined): Response | undefined {
  const { method, path } = asking.req;
  if (method !== "GET" && method !== "HEAD") return undefined;
  const file = page?.files.get(path);
  if (file !== undefined) return answer(asking, file);
  if (others.test(path) || !/text\/html|\*\/\*/.test(asking.req.header("accept") ?? "*/*")) return undefined;
  return page === undefined ? asking.text(missing) : answer(asking, page.index);
}

const missing = "The page has not been built: `npm run build:page`. The API is at api/v1.\n";

function answer(asking: Context, { type, bytes, gzip, etag, isHashed }: PageFile): Response {
  const isShort = gzip !== undefined && acceptsGzip(asking.req.header("accept-encoding"));
  const tag = `"${etag}${isShort ? "-gzip" : ""}"`;
  const headers = {
    etag: tag,
    vary: "accept-encoding",
    "cache-control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
  };
  if ((asking.req.header("if-none-match") ?? "").split(",").some((one) => one.trim().replace(/^W\//, "") === tag))
    return asking.body(null, 304, headers);
  const body = isShort ? gzip : bytes;
  return asking.body(body, 200, {
    ...headers,
    "content-type": type,
    "content-length": String(body.length),
    ...(isShort ? { "content-encoding": "gzip" } : {}),
  });
}
