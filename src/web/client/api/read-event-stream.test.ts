import fc from "fast-check";
import { expect, test } from "vitest";
import { readEventStream } from "./read-event-stream.ts";

async function readAll(pieces: readonly Uint8Array[]) {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  return Array.fromAsync(readEventStream(body));
}

test("names, data of several lines and comments are read", async () => {
  const text =
    ': hello\n\nid: 1\nevent: status\ndata: {"text":"a"}\n\ndata: x\ndata: y\n\nretry: 5\n\nevent: open\ndata: lost';
  expect(await readAll([new TextEncoder().encode(text)])).toEqual([
    { name: "status", text: '{"text":"a"}' },
    { name: "message", text: "x\ny" },
  ]);
});

test("it does not matter where the stream is cut", async () => {
  const bytes = new TextEncoder().encode("event: part\r\ndata: ä→🐢\r\n\r\nevent: answer\r\ndata: {}\r\n\r\n");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (places) => {
      const cuts = [0, ...places.sort((a, b) => a - b), bytes.length];
      const pieces = cuts.slice(1).map((cut, index) => bytes.slice(cuts[index], cut));
      expect(await readAll(pieces)).toEqual([
        { name: "part", text: "ä→🐢" },
        { name: "answer", text: "{}" },
      ]);
    }),
  );
});
