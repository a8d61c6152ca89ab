import type { DeliveryWindow } from "./policy.ts";
import { parseTimeZone } from "./time-zone.ts";

export type DeliveryWindowReading =
  | { readonly kind: "windows"; readonly windows: readonly DeliveryWindow[] }
  /** `problem` follows the name of the setting: "has …". */
  | { readonly kind: "invalid"; readonly problem: string };

const dayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const dayGroups: ReadonlyMap<string, readonly number[]> = new Map([
  ["daily", [0, 1, 2, 3, 4, 5, 6]],
  ["weekdays", [1, 2, 3, 4, 5]],
  ["weekends", [0, 6]],
]);
const wholeDay = { fromMinute: 0, toMinute: 24 * 60 };
const example = "write it as `Mon-Fri 22:00-06:00`, `weekends` or `10:00-18:00 Europe/Berlin`";

/**
 * `[days] [times] [time zone]`, days or times at least: days are `Mon-Fri`, `Sat,Sun`, `weekdays`, `weekends`, `daily`
 * (the default); times `22:00-06:00`, several with commas, none being the whole day. A time over midnight belongs to the
 * day it begins on. Several windows in one text are separated by `;`.
 */
export function parseDeliveryWindow(text: string): DeliveryWindowReading {
  const windows: DeliveryWindow[] = [];
  for (const part of text.split(";")) {
    const reading = parseOne(part.trim());
    if (reading.kind === "invalid") return reading;
    windows.push(...reading.windows);
  }
  return { kind: "windows", windows };
}

function parseOne(text: string): DeliveryWindowReading {
  const words = text.replace(/\s*([-–,])\s*/g, (_, mark: string) => (mark === "–" ? "-" : mark)).split(/\s+/);
  const days = parseDays(words[0] ?? "");
  if (days !== undefined) words.shift();
  const times = parseTimes(words[0] ?? "");
  if (times !== undefined) words.shift();
  if (days === undefined && times === undefined)
    return invalid(`has \`${text}\`, which is not a time window; ${example}`);
  const [zone, extra] = words;
  if (extra !== undefined)
    return invalid(`has \`${text}\`, of which \`${words.join(" ")}\` is not understood; ${example}`);
  const timeZone = zone === undefined ? undefined : parseTimeZone(zone);
  if (zone !== undefined && timeZone === undefined) {
    return invalid(`has \`${text}\`, of which \`${zone}\` is neither a time nor a known time zone; ${example}`);
  }
  const everyDay = dayGroups.get("daily") ?? [];
  const windows = (times ?? [wholeDay]).map((time) => ({ days: days ?? everyDay, ...time, timeZone, text }));
  return { kind: "windows", windows };
}

function parseDays(word: string): readonly number[] | undefined {
  const days = new Set<number>();
  for (const part of word.toLowerCase().split(",")) {
    const [first, last, more] = part.split("-").map(dayNumber);
    const group = dayGroups.get(part) ?? dayRange(first, part.includes("-") ? last : first);
    if (group === undefined || more !== undefined) return undefined;
    for (const day of group) days.add(day);
  }
  return [...days].sort((a, b) => a - b);
}

/** `Fri-Mon` goes over the end of the week. */
function dayRange(first: number | undefined, last: number | undefined): readonly number[] | undefined {
  if (first === undefined || last === undefined) return undefined;
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => (first + index) % 7);
}

function dayNumber(name: string): number | undefined {
  const index = name.length < 3 ? -1 : dayNames.findIndex((day) => day === name || day.slice(0, name.length) === name);
  return index === -1 ? undefined : index;
}

function parseTimes(word: string): Pick<DeliveryWindow, "fromMinute" | "toMinute">[] | undefined {
  const times: Pick<DeliveryWindow, "fromMinute" | "toMinute">[] = [];
  for (const part of word.split(",")) {
    const [from, to, extra] = part.split("-");
    const fromMinute = minuteOfDay(from ?? "");
    const toMinute = minuteOfDay(to ?? "");
    if (fromMinute === undefined || toMinute === undefined || extra !== undefined || fromMinute === wholeDay.toMinute)
      return undefined;
    times.push({ fromMinute, toMinute });
  }
  return times;
}

function minuteOfDay(text: string): number | undefined {
  const match = /^(\d{1,2}):(\d\d)$/.exec(text);
  if (match === null) return undefined;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  const total = hours * 60 + minutes;
  return minutes > 59 || total > wholeDay.toMinute ? undefined : total;
}

function invalid(problem: string): DeliveryWindowReading {
  return { kind: "invalid", problem };
}
