import { promisify } from "node:util";
import { gzip, gzipSync } from "node:zlib";
import type { Context } from "hono";

/** What is shorter would not become shorter. */
const leastBytes = 1024;
/** Takes about a millisecond. What is shorter costs three times as much by way of another thread. */
const mostAtOnceBytes = 262_144;
const level = 3;

const gzipAside = promisify(gzip);

/** An answer that is there as a whole, compressed for whoever takes that. Never for streams; files of the page are kept so. */
export async function answerText(asking: Context, text: string, contentType: string): Promise<Response> {
  const headers = { "content-type": contentType, vary: "accept-encoding" };
  const bytes = Buffer.from(text);
  if (bytes.length < leastBytes || asking.req.method === "HEAD" || !acceptsGzip(asking.req.header("accept-encoding")))
    return asking.body(bytes, 200, headers);
  const compressed = bytes.length > mostAtOnceBytes ? await gzipAside(bytes, { level }) : gzipSync(bytes, { level });
  return asking.body(compressed, 200, { ...headers, "content-encoding": "gzip" });
}

/** `gzip;q=0` says no. */
export function acceptsGzip(header: string | undefined): boolean {
  return (header ?? "").split(",").some((one) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(one));
}
