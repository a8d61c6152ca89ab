import { z } from "zod";
import { choice, integer } from "../../../config/setting-types.ts";
import { type EventKind, eventKinds } from "../../../events/event.ts";
import type { LoggedEvent } from "../../../events/events.ts";
import { optional } from "../../../operations/argument-types.ts";
import { eventsSchema } from "../api-schemas.ts";
import { readBackwards } from "../events/read-backwards.ts";
import { defineResource, freeText } from "./define-resource.ts";

const position = () => integer(0, Number.MAX_SAFE_INTEGER);

export const eventsQuery = z.strictObject({
  before: optional(position(), "Only events before this position; not given: the latest."),
  after: optional(position(), "Only events after this position."),
  limit: optional(integer(1, 1000), "How many at once; not given: 100."),
  source: optional(freeText(), "Only of this source: its id."),
  kind: optional(choice(...eventKinds), "Only of this kind."),
});

export const events = defineResource({
  path: "/events",
  summary: "list what happened, oldest first; as an event stream, what happens from now on",
  access: "read",
  query: eventsQuery,
  answer: eventsSchema,
  async read({ talos }, { before, after = 0, limit = 100, source, kind }) {
    const page = await readBackwards(talos.events, { before, after, limit, isWanted: eventFilter({ source, kind }) });
    return { events: page.events.map(describeEvent), before: page.before };
  },
});

export function eventFilter({ source, kind }: { source?: string | undefined; kind?: EventKind | undefined }) {
  return ({ event }: LoggedEvent): boolean =>
    (source === undefined || event.source === source) && (kind === undefined || event.kind === kind);
}

export function describeEvent({ position, event }: LoggedEvent) {
  return { position, ...event };
}
