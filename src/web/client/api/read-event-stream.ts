export interface StreamedEvent {
  readonly name: string;
  readonly text: string;
}

/** Server-sent events out of the body of a response, as they arrive. */
export async function* readEventStream(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamedEvent, void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of iterate(body)) {
    rest += decoder.decode(piece, { stream: true });
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = readBlock(block);
      if (event !== undefined) yield event;
    }
  }
}

/** Not every browser can iterate over a stream. */
async function* iterate(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function readBlock(block: string): StreamedEvent | undefined {
  const lines = block.split(/\r?\n/).map((line) => /^(\w+): ?(.*)$/s.exec(line));
  const valuesOf = (field: string) => lines.flatMap((line) => (line?.[1] === field ? [line[2] ?? ""] : []));
  const text = valuesOf("data");
  return text.length === 0 ? undefined : { name: valuesOf("event").at(-1) ?? "message", text: text.join("\n") };
}
