import type { LoggedEvent } from "../../../http/api/api-schemas.ts";

/** What is shown of the event log: one stretch of it without gaps, oldest first. */
export interface EventList {
  readonly events: readonly LoggedEvent[];
  /** Where the page before it ends; undefined: there is none. */
  readonly before: number | undefined;
}

/** With the page before it. */
export function addOlder({ events }: EventList, older: EventList): EventList {
  const first = events[0]?.position ?? Number.POSITIVE_INFINITY;
  return { events: [...older.events.filter(({ position }) => position < first), ...events], before: older.before };
}

/** With what happened since; what is there already, as after a lost connection, is not there twice. */
export function addNewer(list: EventList, newer: readonly LoggedEvent[]): EventList {
  const last = list.events.at(-1)?.position ?? 0;
  const added = newer.filter(({ position }) => position > last);
  return added.length === 0 ? list : { ...list, events: [...list.events, ...added] };
}
