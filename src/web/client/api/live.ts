/**
 * Events as they happen. A lost connection is opened again with growing pauses, and goes on after the last event that was
 * seen; everything that is shown is then asked for again, since not all that changes is an event.
 */
import { computed, signal } from "@preact/signals";
import type { LoggedEvent } from "../../../http/api/api-schemas.ts";
import { apiUrl } from "./ask.ts";
import { tellResources } from "./resource.ts";
import { checkSession } from "./session.ts";

type Connection = "connecting" | "live" | "lost";

const state = signal<Connection>("connecting");
export const connection = computed(() => state.value);

const listeners = new Set<(event: LoggedEvent) => void>();
const firstPauseMs = 500;
const longestPauseMs = 15_000;

/** Called with each event until the function that is returned is called. */
export function onEvent(listener: (event: LoggedEvent) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Until the function that is returned is called. */
export function followEvents(): () => void {
  const ended = new AbortController();
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = firstPauseMs;
  let last: number | undefined;
  const open = (): void => {
    source = new EventSource(apiUrl(last === undefined ? "events" : `events?after=${last}`));
    source.onopen = () => {
      pauseMs = firstPauseMs;
      if (state.peek() === "lost") tellResources(undefined);
      state.value = "live";
    };
    source.onmessage = ({ data }) => {
      const event: LoggedEvent = JSON.parse(data);
      last = event.position;
      tellResources(event);
      for (const listener of listeners) listener(event);
    };
    source.onerror = () => {
      source?.close();
      state.value = "lost";
      timer = setTimeout(retry, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    };
  };
  // The stream does not say why it was refused; the session does.
  const retry = (): void => {
    clearTimeout(timer);
    timer = undefined;
    void checkSession().then(() => {
      if (!ended.signal.aborted) open();
    });
  };
  const retryNow = (): void => {
    if (timer !== undefined && document.visibilityState === "visible") retry();
  };
  window.addEventListener("online", retryNow, { signal: ended.signal });
  document.addEventListener("visibilitychange", retryNow, { signal: ended.signal });
  open();
  return () => {
    ended.abort();
    clearTimeout(timer);
    source?.close();
    state.value = "connecting";
  };
}
