import type { Statistics } from "../../../../http/api/api-schemas.ts";

type Hour = Statistics["registries"][number]["hours"][number];

const hourMs = 3_600_000;

/** Every hour of the last 24, also those in which nothing was asked. */
export function lastDay(hours: readonly Hour[], nowMs: number): readonly Hour[] {
  const current = Math.floor(nowMs / hourMs) * hourMs;
  const known = new Map(hours.map((hour) => [Math.floor(hour.startMs / hourMs) * hourMs, hour]));
  return Array.from({ length: 24 }, (_, index) => {
    const startMs = current - (23 - index) * hourMs;
    return known.get(startMs) ?? { startMs, head: 0, get: 0 };
  });
}
