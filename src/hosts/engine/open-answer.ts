import type Docker from "dockerode";

/**
 * An answer as it comes in, as chunks. dockerode itself gives up its signal once the answer has begun, and takes a log that happens to be
 * JSON for an answer in JSON.
 */
export function openAnswer(
  docker: Docker,
  path: string,
  query: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<AsyncIterable<unknown>> {
  const request = {
    path: `${path}?`,
    method: "GET",
    options: { ...query },
    abortSignal: signal,
    isStream: true,
    statusCodes: { 200: true },
  };
  return new Promise((resolve, reject) => {
    docker.modem.dial(request, (error: Error | null, answer: unknown) => {
      if (error !== null) reject(error);
      else if (isIterable(answer)) resolve(answer);
      else reject(new Error(`${path}: the answer is no stream`));
    });
  });
}

/** All of it, up to `limitBytes`. */
export async function readAnswer(answer: AsyncIterable<unknown>, limitBytes: number): Promise<Buffer | "too-long"> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > limitBytes) return "too-long";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
