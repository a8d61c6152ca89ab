/**
 * Which entries of the queue may go now, and what each of the others waits for: a pure function of the entries and the
 * circumstances. What a newcomer would get wrong:
 *
 * - The oldest comes first, and room that it waits for is kept for it: an update of one image does not slip past a group
 *   of five again and again. The place is that of the target; a newer version does not go to the end.
 * - What waits for its own sake (back-off, delivery window, cooldown), or never fits, takes no room and keeps none.
 * - An update goes whole: as many images of each domain as it has members there, all at one moment, or none.
 * - What is let go takes its room at once, and what is under way (`reserved`) counts until it is delivered or failed.
 */
import type { Counted } from "../../store/store.ts";
import type { Wait, WaitingEntry } from "../delivery.ts";
import { longestHold } from "./longest-hold.ts";
import type { QueueEntry } from "./queue-entry.ts";
import { openThrottleRoom, type Throttle, type ThrottleRoom } from "./throttle-room.ts";
import { countNeeds, neverFits, waitForRoom } from "./throttle-wait.ts";
import { windowOpenings } from "./window-opening.ts";

export interface Circumstances {
  readonly nowMs: number;
  /** Of the delivery windows that name none. */
  readonly timeZone: string;
  /** By registry domain, as are the next two. A domain without a throttle has room for everything. */
  readonly throttles: ReadonlyMap<string, Throttle>;
  /** Images delivered, oldest first; those that have left the window may be among them. */
  readonly counted: ReadonlyMap<string, readonly Counted[]>;
  /** Images of deliveries under way. */
  readonly reserved: ReadonlyMap<string, number>;
  /** By source. */
  readonly cooldownUntil: ReadonlyMap<string, number>;
}

export interface KeyedEntry {
  readonly key: string;
  readonly entry: QueueEntry;
}

/** All entries, the oldest first. Those that are being delivered are not among them: they are what is reserved. */
export function decideQueue(entries: readonly KeyedEntry[], circumstances: Circumstances): readonly WaitingEntry[] {
  const { nowMs, timeZone, cooldownUntil } = circumstances;
  const rooms = openRooms(circumstances);
  const openingOf = windowOpenings(nowMs, timeZone);
  return entries.toSorted(byPlace).map(({ key, entry }) => {
    const { source, window } = entry.update;
    const hold = longestHold(
      entry,
      nowMs,
      entry.isRebuild === true ? undefined : cooldownUntil.get(source),
      openingOf(window),
    );
    return { key, entry, wait: decideEntry(entry, hold, rooms) };
  });
}

function byPlace(a: KeyedEntry, b: KeyedEntry): number {
  if (a.entry.queuedMs !== b.entry.queuedMs) return a.entry.queuedMs - b.entry.queuedMs;
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

function openRooms({ throttles, counted, reserved, nowMs }: Circumstances): ReadonlyMap<string, ThrottleRoom> {
  return new Map(
    [...throttles].map(([domain, throttle]) => [
      domain,
      openThrottleRoom(throttle, counted.get(domain) ?? [], reserved.get(domain) ?? 0, nowMs),
    ]),
  );
}

function decideEntry(
  { update, isRebuild }: QueueEntry,
  hold: Wait | undefined,
  rooms: ReadonlyMap<string, ThrottleRoom>,
): Wait {
  const needs = isRebuild === true ? [] : countNeeds(update, rooms);
  const alone = neverFits(needs) ?? hold;
  if (alone !== undefined) return alone;
  const wait = waitForRoom(needs);
  for (const { room, count } of needs) {
    if (wait === undefined) room.take(count);
    else room.keep(count, update);
  }
  return wait ?? { kind: "ready", text: "may be delivered now", untilMs: undefined };
}
