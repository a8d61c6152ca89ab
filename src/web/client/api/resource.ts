/**
 * What the API answers to GET: asked for while somebody shows it, and again when an event says that it changed. The last
 * answer stays while a newer one is on its way, when that fails, and when it is shown again later.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { LoggedEvent } from "../../../http/api/api-schemas.ts";
import { type Asked, ask, type Failure } from "./ask.ts";

export type Loaded<T> =
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly failure: Failure }
  /** `failure`: why there is nothing newer. */
  | { readonly kind: "ready"; readonly value: T; readonly failure?: Failure };

export interface Resource<T> {
  readonly state: ReadonlySignal<Loaded<T>>;
  /** Asks again, once more if it is under way. */
  readonly refresh: () => Promise<void>;
  /** Shown from now on, until the function that is returned is called. */
  readonly show: () => () => void;
}

/** Gets the last answer and the events that changed it; undefined: it is to be asked for as a whole. */
export type Read<T> = (
  change: { readonly last: T; readonly events: readonly LoggedEvent[] } | undefined,
) => Promise<Asked<T>>;

/** Of what is shown. `undefined`: events may have been missed. */
const listeners = new Set<(event: LoggedEvent | undefined) => void>();
/** Counts the people who have signed in: nothing of one is shown to the next. */
let reader = 0;

/** Events in quick succession ask once: after this pause, and after several times as long as the last answer took. */
const gatherMs = 200;
const gatherTimes = 4;

export function createResource<T>(read: string | Read<T>, isChangedBy: (event: LoggedEvent) => boolean): Resource<T> {
  const state = signal<Loaded<T>>({ kind: "loading" });
  const readNow: Read<T> = typeof read === "string" ? () => ask<T>(read) : read;
  let shown = 0;
  let ofReader = reader;
  let isStale = true;
  let events: LoggedEvent[] | undefined;
  let underWay: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tookMs = 0;

  const load = async (): Promise<void> => {
    while (isStale) {
      isStale = false;
      const begin = { ms: performance.now(), reader };
      const before = state.peek();
      const change = before.kind === "ready" && events !== undefined ? { last: before.value, events } : undefined;
      events = [];
      const asked = await readNow(change);
      tookMs = performance.now() - begin.ms;
      if (asked.kind === "failed") events = undefined;
      if (begin.reader === reader) state.value = merge(state.peek(), asked);
    }
  };
  const refresh = (): Promise<void> => {
    isStale = true;
    underWay ??= load().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
  const refreshSoon = (): void => {
    timer ??= setTimeout(
      () => {
        timer = undefined;
        void refresh();
      },
      Math.max(gatherMs, tookMs * gatherTimes),
    );
  };
  const listen = (event: LoggedEvent | undefined): void => {
    if (event === undefined) events = undefined;
    else if (isChangedBy(event)) events?.push(event);
    else return;
    refreshSoon();
  };
  return {
    state,
    refresh: () => {
      events = undefined;
      return refresh();
    },
    show: () => {
      if (ofReader !== reader) state.value = { kind: "loading" };
      ofReader = reader;
      shown += 1;
      if (shown === 1) {
        listeners.add(listen);
        events = undefined;
        void refresh();
      }
      return () => {
        shown -= 1;
        if (shown === 0) listeners.delete(listen);
      };
    },
  };
}

function merge<T>(before: Loaded<T>, asked: Asked<T>): Loaded<T> {
  if (asked.kind === "ok") return { kind: "ready", value: asked.value };
  return before.kind === "ready" ? { ...before, failure: asked.failure } : { kind: "failed", failure: asked.failure };
}

/** What a part of the page shows; it is asked for while that is on the page. */
export function useResource<T>(resource: Resource<T>): Loaded<T> {
  useEffect(() => resource.show(), [resource]);
  return resource.state.value;
}

export function tellResources(event: LoggedEvent | undefined): void {
  for (const listen of listeners) listen(event);
}

export function forgetResources(): void {
  reader += 1;
}
