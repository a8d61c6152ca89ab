export interface Day<Item> {
  /** `2026-11-21`, where the reader is. */
  readonly key: string;
  /** A moment of it. */
  readonly atMs: number;
  readonly items: readonly Item[];
}

/** Days in the order of the items, each once. `timeZone`: the reader's where it is not given. */
export function groupByDay<Item extends { readonly atMs: number }>(
  items: readonly Item[],
  timeZone?: string,
): readonly Day<Item>[] {
  const keyOf = dayKeys(timeZone);
  const days = Map.groupBy(items, ({ atMs }) => keyOf(atMs));
  return [...days].map(([key, some]) => ({ key, atMs: some[0]?.atMs ?? 0, items: some }));
}

/** `Today`, `Yesterday`, `Friday, 20 November 2026`. */
export function nameDay(atMs: number, nowMs: number, timeZone?: string): string {
  const keyOf = dayKeys(timeZone);
  const key = keyOf(atMs);
  if (key === keyOf(nowMs)) return "Today";
  if (key === dayBefore(keyOf(nowMs))) return "Yesterday";
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "full", ...zone(timeZone) }).format(atMs);
}

function dayKeys(timeZone: string | undefined): (atMs: number) => string {
  const format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", ...zone(timeZone) });
  return (atMs) => format.format(atMs);
}

/** By the calendar: a day has 23 or 25 hours when clocks are changed. */
function dayBefore(key: string): string {
  return new Date(Date.parse(`${key}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

function zone(timeZone: string | undefined): Intl.DateTimeFormatOptions {
  return timeZone === undefined ? {} : { timeZone };
}
