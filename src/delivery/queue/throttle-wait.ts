import { formatDuration } from "../../policy/duration.ts";
import type { Wait } from "../delivery.ts";
import type { Update } from "../update.ts";
import type { ThrottleRoom } from "./throttle-room.ts";

/** How many images of one throttled domain an update takes. */
export interface RoomNeed {
  readonly domain: string;
  readonly count: number;
  readonly room: ThrottleRoom;
}

/** Without a map: an update is of one domain or two, and a queue may be long. */
export function countNeeds({ members }: Update, rooms: ReadonlyMap<string, ThrottleRoom>): readonly RoomNeed[] {
  const needs: { domain: string; count: number; room: ThrottleRoom }[] = [];
  for (const { domain } of members) {
    const known = needs.find((need) => need.domain === domain);
    const room = known === undefined ? rooms.get(domain) : undefined;
    if (known !== undefined) known.count++;
    else if (room !== undefined) needs.push({ domain, count: 1, room });
  }
  return needs;
}

/** What only a change of settings helps. */
export function neverFits(needs: readonly RoomNeed[]): Wait | undefined {
  const closed = needs.find(({ room }) => room.throttle.limit <= 0);
  if (closed !== undefined) {
    const text = `${closed.domain}: its throttle has the limit 0, which lets nothing through`;
    return { kind: "limit-zero", text, untilMs: undefined };
  }
  const large = needs.find(({ count, room }) => count > room.throttle.limit);
  if (large === undefined) return undefined;
  const { domain, count, room } = large;
  const text = `${domain}: this update has ${count} images at once, more than the limit of ${room.throttle.limit}`;
  return { kind: "too-large", text, untilMs: undefined };
}

/** undefined: there is room for all of it. */
export function waitForRoom(needs: readonly RoomNeed[]): Wait | undefined {
  const short = needs.filter(({ room, count }) => !room.hasRoom(count));
  const [first] = short;
  if (first === undefined) return undefined;
  const untilMs = latestMs(short);
  const full = short.find(({ room, count }) => !room.hasSpace(count));
  if (full !== undefined) return { kind: "throttle", text: describeUse(full), untilMs };
  const text = `${first.domain}: the room that is left is kept for ${first.room.keptFor()}, which was queued before`;
  return { kind: "behind", text, untilMs };
}

/** When there is room in all of them; undefined when of one it cannot be told. */
function latestMs(short: readonly RoomNeed[]): number | undefined {
  let latest = 0;
  for (const { room, count } of short) {
    const atMs = room.roomAtMs(count);
    if (atMs === undefined) return undefined;
    latest = Math.max(latest, atMs);
  }
  return latest;
}

function describeUse({ domain, count, room }: RoomNeed): string {
  const { limit, perSeconds } = room.throttle;
  const use = `${domain}: ${room.used()} of ${limit} ${limit === 1 ? "image" : "images"} in ${formatPeriod(perSeconds)} are used`;
  return count === 1 ? use : `${use}, and this update needs ${count}`;
}

const periods: ReadonlyMap<number, string> = new Map([
  [1, "a second"],
  [60, "a minute"],
  [3600, "an hour"],
  [86_400, "a day"],
  [604_800, "a week"],
]);

function formatPeriod(seconds: number): string {
  return periods.get(seconds) ?? formatDuration(seconds);
}
