import { createMiddleware } from "hono/factory";
import type { HttpEnvironment } from "../http-context.ts";
import { problem } from "../problem.ts";

const mostBytes = 1_048_576;

/** Bodies of at most 1 MiB: what says that it is longer is refused unread, what does not say is counted while it is read. */
export const limitBody = createMiddleware<HttpEnvironment>(async (asking, next) => {
  const { headers, method } = asking.env.incoming;
  const tooLong = () => problem(asking, 413, { code: "too-large", title: "The body is longer than 1 MiB" });
  if (headers["transfer-encoding"] === undefined) {
    if (Number(headers["content-length"] ?? 0) > mostBytes) return tooLong();
  } else if (method !== "GET" && method !== "HEAD") {
    const bytes = await readAtMost(asking.req.raw.body);
    if (bytes === undefined) return tooLong();
    const { url, headers: given, signal } = asking.req.raw;
    asking.req.raw = new Request(url, { method: asking.req.method, headers: given, body: bytes, signal });
  }
  await next();
  return undefined;
});

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
