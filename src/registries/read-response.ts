import type { Readable } from "node:stream";
import type { Response } from "./channel.ts";

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const largestAnswerBytes = 8 * 1024 * 1024;

/** To be called as soon as the headers are there, not a tick later: a stream tells its end or its failure only once. */
export async function readResponse(
  status: number,
  headers: Headers,
  stream: Readable,
  method: string,
): Promise<Response> {
  const header: Response["header"] = (name) => {
    const value = headers[name];
    return typeof value === "object" ? value.join(", ") : value;
  };
  const announcedBytes = method === "HEAD" ? 0 : Number(header("content-length") ?? 0);
  return { status, header, body: await readBody(stream, announcedBytes) };
}

/** undefined: larger than is accepted; then the stream is ended. */
function readBody(body: Readable, announcedBytes: number): Promise<Buffer | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | undefined>();
  const chunks: Buffer[] = [];
  let bytes = announcedBytes > largestAnswerBytes ? announcedBytes : 0;
  const refuse = (): void => {
    resolve(undefined);
    body.destroy();
  };
  body
    .on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > largestAnswerBytes) refuse();
      else chunks.push(chunk);
    })
    .on("end", () => resolve(Buffer.concat(chunks)))
    .on("error", reject)
    .on("close", () => reject(new Error("The answer stopped before its end.")));
  return promise;
}
