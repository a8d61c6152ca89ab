/** A moment as a wall clock in some place shows it. */
export interface WallClock {
  /** 0 (Sunday) to 6. */
  readonly day: number;
  /** Since midnight. */
  readonly minute: number;
  /** The same date and time taken as UTC: for reckoning with dates, not a moment. */
  readonly asUtcMs: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Those that there are, as they were written: to ask costs more than to read a whole policy. */
const zones = new Map<string, string>();

/** The name in the spelling of the time zone database; undefined when there is no such zone. */
export function parseTimeZone(name: string): string | undefined {
  const known = zones.get(name);
  if (known !== undefined) return known;
  try {
    const zone = new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone;
    zones.set(name, zone);
    return zone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

export function readWallClock(nowMs: number, timeZone: string): WallClock {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(nowMs)
      .map((part) => [part.type, Number(part.value)]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const asUtcMs = Date.UTC(number("year"), number("month") - 1, number("day"), number("hour"), number("minute"));
  return { day: new Date(asUtcMs).getUTCDay(), minute: number("hour") * 60 + number("minute"), asUtcMs };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const numeric = "numeric";
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
  });
  formats.set(timeZone, format);
  return format;
}
