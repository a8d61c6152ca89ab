import type { HttpContext } from "../http-context.ts";
import type { Asking } from "./let-in.ts";

const everyMs = 30_000;

/** A stream ends when whoever follows it would not be let in any more, and when the server ends. */
export function endShutOut(
  asking: Asking,
  isStillIn: () => Promise<boolean>,
  { ending, log, streamCheckMs = everyMs }: Pick<HttpContext, "ending" | "log" | "streamCheckMs">,
): void {
  if (asking.res.headers.get("content-type")?.startsWith("text/event-stream") !== true) return;
  const { body } = asking.res;
  if (body === null) return;
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const end = (): void => void reader.cancel().catch(() => undefined);
  const check = async (): Promise<void> => {
    // A store that is away says nothing about who may.
    const isIn = await isStillIn().catch(() => true);
    if (isIn) return;
    log.info({ caller: asking.get("caller").name }, "a stream ends: its token or session is no longer valid");
    end();
  };
  const timer = setInterval(() => void check(), streamCheckMs).unref();
  ending.addEventListener("abort", end, { once: true });
  const forget = (): void => {
    clearInterval(timer);
    ending.removeEventListener("abort", end);
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        forget();
        controller.close();
      },
      async cancel(reason) {
        forget();
        await reader.cancel(reason);
      },
    },
    // Nothing piles up here for who reads slowly.
    { highWaterMark: 0 },
  );
  asking.res = new Response(stream, asking.res);
}
