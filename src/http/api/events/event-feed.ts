/**
 * What happens, for all who have an event stream: one follower of the log, however many they are, and what it saw last in
 * memory. Each stream has its own place in the log; one that is further back reads the log itself. Nothing is kept for a
 * single stream.
 */
import type { Events, LoggedEvent } from "../../../events/events.ts";
import { TalosError } from "../../../talos-error.ts";
import type { HttpContext } from "../../http-context.ts";
import { reportFault } from "../../report-fault.ts";
import { createWaker, type Waker } from "./waker.ts";

export interface EventFeed {
  /** Takes part from a position on: one up to which the log was read a moment ago. */
  join(position: number): FeedPlace;
}

export interface FeedPlace extends Disposable {
  /** Events after a position, as many as there are at once; none: nothing has happened since. */
  read(after: number): Promise<readonly LoggedEvent[]>;
  /** Until there are events after that position; false: for so long there were none. */
  wait(after: number, forMs: number, signal: AbortSignal): Promise<boolean>;
  /** The log has ended, or has begun anew: positions mean nothing any more. */
  isOver(): boolean;
}

const mostKept = 1000;
const mostAtOnce = 500;
/** How long until a store that is away is asked again. */
const retryMs = 1000;

interface Follower {
  /** All events after `from`, the latest last. */
  kept: LoggedEvent[];
  from: number;
  users: number;
  readonly stop: AbortController;
  readonly news: Waker;
}

export function openEventFeed({ talos, ending, log }: Pick<HttpContext, "talos" | "ending" | "log">): EventFeed {
  const { events } = talos;
  let follower: Follower | undefined;
  const begin = (position: number): Follower => {
    const begun = { kept: [], from: position, users: 0, stop: new AbortController(), news: createWaker() };
    const end = () => {
      if (follower === begun) follower = undefined;
      begun.stop.abort();
      begun.news.wake();
    };
    follow(events, begun, AbortSignal.any([begun.stop.signal, ending]))
      .catch((error: unknown) => reportFault(error, log))
      .finally(end);
    ending.addEventListener("abort", end, { signal: begun.stop.signal });
    return begun;
  };
  return {
    join(position) {
      const joined = (follower ??= begin(position));
      joined.users += 1;
      return {
        read: (after) => readAfter(joined, events, after),
        // Not by `from`: what lies before it was just read, and may hold nothing that can be read.
        wait: async (after, forMs, signal) =>
          (joined.kept.at(-1)?.position ?? 0) > after || joined.news.wait(forMs, signal),
        isOver: () => joined.stop.signal.aborted || ending.aborted,
        [Symbol.dispose]() {
          joined.users -= 1;
          if (joined.users > 0) return;
          if (follower === joined) follower = undefined;
          joined.stop.abort();
        },
      };
    },
  };
}

/** Ends when the log has begun anew. */
async function follow(events: Events, follower: Follower, signal: AbortSignal): Promise<void> {
  for await (const logged of events.follow(follower.from, signal)) {
    if (logged.position <= latestOf(follower)) return;
    follower.kept.push(logged);
    if (follower.kept.length > mostKept) follower.from = follower.kept.shift()?.position ?? follower.from;
    follower.news.wake();
  }
}

function latestOf({ kept, from }: Follower): number {
  return kept.at(-1)?.position ?? from;
}

async function readAfter(follower: Follower, events: Events, after: number): Promise<readonly LoggedEvent[]> {
  if (after < follower.from) {
    const older = await readPatiently(events, after);
    if (older === undefined) await follower.news.wait(retryMs);
    if (older === undefined || older.length > 0) return older ?? [];
  }
  const index = follower.kept.findLastIndex(({ position }) => position <= after);
  return follower.kept.slice(index + 1, index + 1 + mostAtOnce);
}

/** undefined: the store is away for a while, which ends nobody's stream. */
async function readPatiently(events: Events, after: number): Promise<readonly LoggedEvent[] | undefined> {
  try {
    return await events.read(after, mostAtOnce);
  } catch (error) {
    if (error instanceof TalosError && error.code === "store-unreachable") return undefined;
    throw error;
  }
}
