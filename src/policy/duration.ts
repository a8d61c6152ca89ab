export type DurationReading =
  | { readonly kind: "duration"; readonly seconds: number }
  /** `problem` follows the name of the setting: "must be …". */
  | { readonly kind: "invalid"; readonly problem: string };

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

const unitSeconds: ReadonlyMap<string, number> = new Map([
  ...unit(1, "s", "sec", "second", "seconds"),
  ...unit(minute, "m", "min", "minute", "minutes"),
  ...unit(hour, "h", "hour", "hours"),
  ...unit(day, "d", "day", "days"),
  ...unit(week, "w", "week", "weeks"),
]);

const longestSeconds = 3650 * day;

/**
 * `15m`, `3d`, `1w 2d`, `2 h 5 min`, `90 seconds`. A number without a unit is refused: nobody can tell the seconds from
 * the days that were meant. Only `0` needs none.
 */
export function parseDuration(text: string): DurationReading {
  const written = text.trim().toLowerCase();
  if (written === "0") return { kind: "duration", seconds: 0 };
  if (/^\d+$/.test(written))
    return invalid(`needs a unit: \`${written}s\`, \`${written}m\`, \`${written}h\` or \`${written}d\``);
  if (!/^(?:\d+ *[a-z]+ *)+$/.test(written))
    return invalid(`must be a duration such as \`15m\`, \`12h\` or \`3d\`, not \`${text}\``);
  let seconds = 0;
  const seen = new Set<number>();
  for (const [, count, name] of written.matchAll(/(\d+) *([a-z]+)/g)) {
    const size = unitSeconds.get(name ?? "");
    if (size === undefined) return invalid(`has the unknown unit \`${name}\`; use s, m, h, d or w`);
    if (seen.has(size)) return invalid(`names the unit \`${name}\` twice`);
    seen.add(size);
    seconds += Number(count) * size;
  }
  if (seconds > longestSeconds) return invalid("must be ten years (3650d) at most");
  return { kind: "duration", seconds };
}

/** For people, in the two largest units that count: `3 days`, `2 h 5 min`, `45 s`. Rounds down. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const days = Math.floor(whole / day);
  const parts = [
    days === 0 ? "" : days === 1 ? "1 day" : `${days} days`,
    part(Math.floor((whole % day) / hour), "h"),
    part(Math.floor((whole % hour) / minute), "min"),
    part(whole % minute, "s"),
  ];
  const first = parts.findIndex((text) => text !== "");
  if (first === -1) return "0 s";
  return parts
    .slice(first, first + 2)
    .filter((text) => text !== "")
    .join(" ");
}

function part(count: number, name: string): string {
  return count === 0 ? "" : `${count} ${name}`;
}

function unit(seconds: number, ...names: readonly string[]): (readonly [string, number])[] {
  return names.map((name) => [name, seconds] as const);
}

function invalid(problem: string): DurationReading {
  return { kind: "invalid", problem };
}
