import type { RequestEvent } from "./request-event.ts";

/** What one registry was asked by this process, and what it said of its limit. */
export interface RegistryHistory {
  readonly domain: string;
  /** By the hour, of the last 24 hours, oldest first; hours without a request are left out. */
  readonly hours: readonly RequestHour[];
  /** What it said last; undefined: nothing. */
  readonly budget: { readonly limit: number; readonly remaining: number; readonly atMs: number } | undefined;
}

interface RequestHour {
  readonly startMs: number;
  readonly head: number;
  readonly get: number;
}

export interface RequestHistory {
  note(event: Pick<RequestEvent, "domain" | "method" | "isOwn" | "rate">): void;
  read(): readonly RegistryHistory[];
}

interface Kept {
  hours: { startMs: number; head: number; get: number }[];
  budget: RegistryHistory["budget"];
}

const hourMs = 3_600_000;
const keptHours = 24;
/** Domains come from what people write into files; the one that was asked longest ago makes room. */
const mostDomains = 200;

/** Since the start, in memory, and bounded. */
export function createRequestHistory(now: () => number): RequestHistory {
  const domains = new Map<string, Kept>();
  return {
    note({ domain, method, isOwn, rate }) {
      if (!isOwn) return;
      const atMs = now();
      const kept = domains.get(domain) ?? { hours: [], budget: undefined };
      domains.delete(domain);
      domains.set(domain, kept);
      const [oldest] = domains.keys();
      if (domains.size > mostDomains && oldest !== undefined) domains.delete(oldest);
      const hour = hourOf(kept, atMs);
      if (method === "HEAD") hour.head += 1;
      else hour.get += 1;
      if (rate !== undefined)
        kept.budget = { limit: Math.floor(rate.limit), remaining: Math.floor(rate.remaining), atMs };
    },
    read() {
      const fromMs = startOfHour(now()) - (keptHours - 1) * hourMs;
      return [...domains]
        .map(([domain, { hours, budget }]) => ({
          domain,
          hours: hours.filter(({ startMs }) => startMs >= fromMs).map((hour) => ({ ...hour })),
          budget,
        }))
        .toSorted((one, other) => (one.domain < other.domain ? -1 : 1));
    },
  };
}

function hourOf({ hours }: Kept, atMs: number): Kept["hours"][number] {
  const startMs = startOfHour(atMs);
  const last = hours.at(-1);
  // A clock that was set back goes on counting in the hour it had come to.
  if (last !== undefined && last.startMs >= startMs) return last;
  const hour = { startMs, head: 0, get: 0 };
  hours.push(hour);
  if (hours.length > keptHours) hours.shift();
  return hour;
}

function startOfHour(atMs: number): number {
  return atMs - (atMs % hourMs);
}
