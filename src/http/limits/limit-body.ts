import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { HttpEnvironment } from "../http-context.ts";
import { problem } from "../problem.ts";
import { openBodyRoom } from "./body-room.ts";

const mostBytes = 1_048_576;

/**
 * Bodies of at most 1 MiB: what says that it is longer is refused unread, what does not say is counted while it is read. Of
 * many at once those are refused that there is no room for: whoever sends a webhook is only known when its body is there.
 */
export function limitBodies() {
  const room = openBodyRoom();
  return createMiddleware<HttpEnvironment>(async (asking, next) => {
    const { headers, method } = asking.env.incoming;
    const isChunked = headers["transfer-encoding"] !== undefined && method !== "GET" && method !== "HEAD";
    const length = isChunked ? mostBytes : Number(headers["content-length"] ?? 0);
    if (length > mostBytes) return refuseLong(asking);
    using taken = room.take(asking.get("address"), length);
    if (taken === undefined) return refuseFull(asking);
    if (isChunked) {
      const bytes = await readAtMost(asking.req.raw.body);
      if (bytes === undefined) return refuseLong(asking);
      const { url, headers: given, signal } = asking.req.raw;
      asking.req.raw = new Request(url, { method: asking.req.method, headers: given, body: bytes, signal });
    }
    await next();
    return undefined;
  });
}

function refuseLong(asking: Context): Response {
  return problem(asking, 413, { code: "too-large", title: "The body is longer than 1 MiB" });
}

function refuseFull(asking: Context): Response {
  const response = problem(asking, 503, {
    code: "busy",
    title: "Too many long requests come at once",
    detail: "There is no room for the body now. It may be sent again in a second.",
  });
  response.headers.set("retry-after", "1");
  return response;
}

/** undefined: there is more. */
async function readAtMost(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || value === undefined) return Buffer.concat(chunks);
    length += value.length;
    if (length > mostBytes) return undefined;
    chunks.push(value);
  }
}
