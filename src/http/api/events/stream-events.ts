import type { Context } from "hono";
import type { LoggedEvent } from "../../../events/events.ts";
import { TalosError } from "../../../talos-error.ts";
import type { HttpContext, HttpEnvironment } from "../../http-context.ts";
import { readQuery } from "../resources/define-resource.ts";
import { describeEvent, eventFilter, eventsQuery } from "../resources/events.ts";
import type { EventFeed, FeedPlace } from "./event-feed.ts";
import type { ServerSentEvent } from "./server-sent-event.ts";
import { streamAnswer } from "./stream-answer.ts";

interface StreamSettings {
  readonly context: HttpContext;
  readonly feed: EventFeed;
  readonly quietMs: number;
}

/** When a browser tries again after the connection broke. */
const retryMs = 2000;

/**
 * Every event from a position on: the one that `Last-Event-ID` or else `after` names, or now. A position that the log has
 * not reached is of a log that was lost: what is in the new one is told from its beginning.
 */
export async function streamEvents(
  asking: Context<HttpEnvironment>,
  { context, feed, quietMs }: StreamSettings,
): Promise<Response> {
  const { after, source, kind } = readQuery(eventsQuery, asking.req.queries());
  const given = readLastEventId(asking.req.header("last-event-id")) ?? after;
  const latest = await context.talos.events.position();
  const start = given === undefined ? latest : given > latest ? 0 : given;
  const gone = new AbortController();
  const told = tellEvents({
    join: () => feed.join(latest),
    start,
    quietMs,
    isWanted: eventFilter({ source, kind }),
    gone: gone.signal,
  });
  return streamAnswer(asking, told, gone);
}

interface Telling {
  readonly join: () => FeedPlace;
  readonly start: number;
  readonly quietMs: number;
  readonly isWanted: (logged: LoggedEvent) => boolean;
  readonly gone: AbortSignal;
}

async function* tellEvents({
  join,
  start,
  quietMs,
  isWanted,
  gone,
}: Telling): AsyncGenerator<readonly ServerSentEvent[]> {
  using place = join();
  let position = start;
  // Whoever loses the connection before anything has happened goes on from here too.
  yield [{ id: position, retryMs }];
  while (!gone.aborted && !place.isOver()) {
    const events = await place.read(position);
    const last = events.at(-1);
    if (last === undefined) {
      if (!(await place.wait(position, quietMs, gone))) yield [{ id: position }];
      continue;
    }
    position = last.position;
    const wanted = events.filter(isWanted);
    if (wanted.length > 0) yield wanted.map((logged) => ({ id: logged.position, data: describeEvent(logged) }));
  }
}

function readLastEventId(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new TalosError("usage", "`Last-Event-ID` is no position of an event");
  return Number(text);
}
