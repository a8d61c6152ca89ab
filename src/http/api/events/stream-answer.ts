import type { Context } from "hono";
import { formatServerSentEvent, type ServerSentEvent } from "./server-sent-event.ts";

/**
 * An event stream that is made as it is read: who reads slowly has nothing piled up for them here. `cancelled` is aborted
 * when the reader is gone; `events` must end then.
 */
export function streamAnswer(
  context: Context,
  events: AsyncGenerator<readonly ServerSentEvent[]>,
  cancelled: AbortController,
): Response {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const step = await events.next();
        if (step.done === true) controller.close();
        else controller.enqueue(encoder.encode(step.value.map(formatServerSentEvent).join("")));
      },
      async cancel() {
        cancelled.abort();
        await events.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return context.body(stream, 200, {
    "content-type": "text/event-stream",
    // A proxy that collects what it passes on would keep what is new from who waits for it.
    "x-accel-buffering": "no",
    "cache-control": "no-store, no-transform",
  });
}

export function wantsEventStream(context: Context): boolean {
  return (context.req.header("accept") ?? "").toLowerCase().includes("text/event-stream");
}
