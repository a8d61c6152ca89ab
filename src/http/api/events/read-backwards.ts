import type { Events, LoggedEvent } from "../../../events/events.ts";

export interface BackwardReading {
  /** undefined: from the latest on. */
  readonly before: number | undefined;
  /** Events up to this position are left out. */
  readonly after: number;
  readonly limit: number;
  readonly isWanted: (logged: LoggedEvent) => boolean;
}

interface EventPage {
  /** Oldest first. */
  readonly events: readonly LoggedEvent[];
  /** Where the page before this one ends; undefined: there is none. */
  readonly before: number | undefined;
}

/** Of those that are not wanted so many are read at most for one page, which then may be short, or empty. */
const mostRead = 20_000;
/** Where most are wanted one reading is enough; where few are, each is larger than the one before. */
const mostAtOnce = 1000;

/** The latest wanted events before a position. Positions count up by one; what is missing was trimmed, or cannot be read. */
export async function readBackwards(
  log: Pick<Events, "position" | "read">,
  { before, after, limit, isWanted }: BackwardReading,
): Promise<EventPage> {
  const end = (await log.position()) + 1;
  const oldest = (await log.read(after, 1))[0]?.position ?? end;
  const found: LoggedEvent[] = [];
  let until = Math.min(before ?? end, end);
  let atOnce = Math.min(mostAtOnce, limit);
  for (let read = 0; until > oldest && found.length < limit && read < mostRead; read += atOnce) {
    if (read > 0) atOnce = Math.min(mostAtOnce, atOnce * 4);
    const from = Math.max(oldest, until - atOnce);
    const batch = (await log.read(from - 1, until - from)).filter(({ position }) => position < until);
    found.unshift(...batch.filter(isWanted));
    until = from;
  }
  const events = found.slice(-limit);
  const [first] = events;
  const next = found.length > events.length ? first?.position : until;
  return { events, before: next === undefined || next <= oldest ? undefined : next };
}
