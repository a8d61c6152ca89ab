import { effect, type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { LoggedEvent } from "../../../http/api/api-schemas.ts";
import { type Asked, ask, type Failure } from "../../client/api/ask.ts";
import { connection, onEvent } from "../../client/api/live.ts";
import { addNewer, addOlder, type EventList } from "./event-list.ts";

export interface UsedEvents {
  /** undefined: not loaded yet. */
  readonly list: EventList | undefined;
  readonly failure: Failure | undefined;
  readonly isLoadingOlder: boolean;
  readonly loadOlder: () => void;
  readonly retry: () => void;
}

const pageSize = 200;

/** The event log of all sources, or of one: from its end backwards, and what is added to it. */
export function useEvents(source: string | undefined): UsedEvents {
  const list = useSignal<EventList | undefined>(undefined);
  const failure = useSignal<Failure | undefined>(undefined);
  const isLoadingOlder = useSignal(false);
  const round = useSignal(0);
  const shown = useRef(source);
  shown.current = source;
  const read = (query: Readonly<Record<string, number>>) => readEvents(source, query);

  useEffect(() => {
    let isOver = false;
    const early: LoggedEvent[] = [];
    list.value = undefined;
    const add = (events: readonly LoggedEvent[]): void => {
      if (list.value === undefined) early.push(...events);
      else list.value = addNewer(list.value, events);
    };
    void read({ limit: pageSize }).then((asked) => {
      if (isOver) return;
      failure.value = asked.kind === "failed" ? asked.failure : undefined;
      if (asked.kind === "ok") list.value = addNewer(asked.value, early);
    });
    const stopListening = onEvent((event) => {
      if (source === undefined || event.source === source) add([event]);
    });
    const stopCatchingUp = catchUp(list, read, (missed) => {
      if (isOver) return;
      // Too many for one page: with a gap between them and those that are shown.
      if (missed.before !== undefined) list.value = missed;
      else add(missed.events);
    });
    return () => {
      isOver = true;
      stopListening();
      stopCatchingUp();
    };
  }, [source, round.value]);

  const loadOlder = async (): Promise<void> => {
    const before = list.value?.before;
    if (before === undefined || isLoadingOlder.value) return;
    isLoadingOlder.value = true;
    const asked = await read({ limit: pageSize, before });
    isLoadingOlder.value = false;
    if (shown.current !== source) return;
    failure.value = asked.kind === "failed" ? asked.failure : undefined;
    if (asked.kind === "ok" && list.value?.before === before) list.value = addOlder(list.value, asked.value);
  };
  return {
    list: list.value,
    failure: failure.value,
    isLoadingOlder: isLoadingOlder.value,
    loadOlder: () => void loadOlder(),
    retry: () => {
      round.value += 1;
    },
  };
}

/** What happened while the connection was lost, each time it is there again. */
function catchUp(
  list: ReadonlySignal<EventList | undefined>,
  read: (query: Readonly<Record<string, number>>) => Promise<Asked<EventList>>,
  onMissed: (missed: EventList) => void,
): () => void {
  let wasLost = false;
  return effect(() => {
    const isLive = connection.value === "live";
    const last = list.peek()?.events.at(-1)?.position;
    if (isLive && wasLost && last !== undefined)
      void read({ after: last, limit: 1000 }).then((asked) => {
        if (asked.kind === "ok") onMissed(asked.value);
      });
    wasLost = !isLive;
  });
}

async function readEvents(
  source: string | undefined,
  query: Readonly<Record<string, number>>,
): Promise<Asked<EventList>> {
  const words = new URLSearchParams(source === undefined ? {} : { source });
  for (const [name, value] of Object.entries(query)) words.set(name, String(value));
  const asked = await ask<{ readonly events: readonly LoggedEvent[]; readonly before?: number }>(`events?${words}`);
  if (asked.kind === "failed") return asked;
  const { events, before } = asked.value;
  return { kind: "ok", value: { events, before } };
}
