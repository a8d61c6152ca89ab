import type { Change, Store } from "../store/store.ts";
import { currentTrace } from "../telemetry/trace.ts";
import { eventSchema, type TalosEvent } from "./event.ts";

/** An event with its place in the log; a subscriber that was away goes on after the last position it has seen. */
export interface LoggedEvent {
  readonly position: number;
  readonly event: TalosEvent;
}

export interface Events {
  /** The change that appends an event: written together with what it tells of, so that neither is without the other. */
  append(event: TalosEvent): Change;
  /** Appends events that tell of nothing in the store. */
  tell(...events: readonly TalosEvent[]): Promise<void>;
  /** Of the newest entry, whoever wrote it; 0: there is none. */
  position(): Promise<number>;
  latest(limit: number): Promise<readonly LoggedEvent[]>;
  read(after: number, limit: number): Promise<readonly LoggedEvent[]>;
  /** What comes after a position, until the signal aborts. */
  follow(after: number, signal: AbortSignal): AsyncIterable<LoggedEvent>;
  trim(beforeMs: number): Promise<void>;
}

export const eventLog = "events";

export function openEvents(store: Store): Events {
  const log = store.log(eventLog);
  const append = (event: TalosEvent): Change => {
    const trace = currentTrace();
    const value = trace === undefined ? event : { ...event, trace };
    return { kind: "append", log: eventLog, value, atMs: event.atMs };
  };
  return {
    append,
    async tell(...events) {
      await store.write(events.map(append));
    },
    position: async () => (await log.latest(1)).at(-1)?.position ?? 0,
    latest: async (limit) => (await log.latest(limit)).flatMap(parse),
    read: async (after, limit) => (await log.read(after, limit)).flatMap(parse),
    async *follow(after, signal) {
      for await (const entry of log.follow(after, signal)) yield* parse(entry);
    },
    trim: (beforeMs) => log.trim(beforeMs),
  };
}

/** An event that another version wrote in another form is passed over. */
function parse({ position, value }: { readonly position: number; readonly value: unknown }): readonly LoggedEvent[] {
  const parsed = eventSchema.safeParse(value);
  return parsed.success ? [{ position, event: parsed.data }] : [];
}
