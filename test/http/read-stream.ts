import { createParser, type EventSourceMessage } from "eventsource-parser";

export interface ReadStream {
  readonly events: readonly EventSourceMessage[];
  readonly comments: readonly string[];
  /** Of every block, also of one that tells nothing: what a browser sends as `Last-Event-ID`. */
  readonly lastId: () => string | undefined;
  /** How often something came. */
  readonly chunks: () => number;
  readonly ended: Promise<void>;
  cancel(): Promise<void>;
}

/** Reads an event stream as it comes. */
export function readStream(response: Response): ReadStream {
  const events: EventSourceMessage[] = [];
  const comments: string[] = [];
  let lastId: string | undefined;
  let chunks = 0;
  const parser = createParser({
    onEvent: (event) => void events.push(event),
    onComment: (comment) => void comments.push(comment),
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = async () => {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done || value === undefined) return;
      chunks += 1;
      parser.feed(value);
      lastId = /[^]*^id: (\d+)$/m.exec(value)?.[1] ?? lastId;
    }
  };
  const ended = read();
  ended.catch(() => undefined);
  return { events, comments, lastId: () => lastId, chunks: () => chunks, ended, cancel: async () => reader?.cancel() };
}
