import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { readResponse } from "./read-response.ts";

test("an answer that is closed at once is a failure, not waited for", async () => {
  const stream = new PassThrough();
  const reading = readResponse(200, {}, stream, "GET");
  stream.destroy();
  await expect(reading).rejects.toThrow("stopped before its end");
});

test("an answer that has ended already when it is read is whole", async () => {
  const stream = new PassThrough();
  stream.end("{}");
  const { header, body } = await readResponse(200, { link: ["a", "b"] }, stream, "GET");
  expect([header("link"), header("etag"), body?.toString()]).toEqual(["a, b", undefined, "{}"]);
});

test.each([
  ["announced", { "content-length": "8388609" }, 1],
  ["sent", {}, 8_388_609],
] as const)("more than 8 MiB %s are not accepted", async (_, headers, bytes) => {
  const stream = new PassThrough();
  stream.end(Buffer.alloc(bytes));
  expect((await readResponse(200, headers, stream, "GET")).body).toBeUndefined();
  expect(stream.destroyed).toBe(true);
});

test("the length that an answer to HEAD announces is that of a body it does not have", async () => {
  const stream = new PassThrough();
  stream.end();
  const { body } = await readResponse(200, { "content-length": "8388609" }, stream, "HEAD");
  expect(body).toHaveLength(0);
});
