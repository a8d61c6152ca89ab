import type { Statistics } from "../api-schemas.ts";
import type { UpdateOutcome } from "./read-outcomes.ts";
import { weekStarts } from "./week-starts.ts";

interface WeeksWanted {
  readonly weeks: number;
  readonly nowMs: number;
  readonly timeZone: string;
}

type Week = Statistics["weeks"][number];

/** Oldest first; what came before the first of them is left out. */
export function countWeeks(
  outcomes: readonly UpdateOutcome[],
  { weeks, nowMs, timeZone }: WeeksWanted,
): readonly Week[] {
  const counts = weekStarts(nowMs, weeks, timeZone).map(
    (startMs): Week => ({ startMs, delivered: 0, reverted: 0, failed: 0, bySize: {} }),
  );
  for (const { became, atMs, size } of outcomes) {
    const week = counts.findLast(({ startMs }) => startMs <= atMs);
    if (week === undefined) continue;
    week[became] += 1;
    if (became === "delivered" && size !== undefined) week.bySize[size] = (week.bySize[size] ?? 0) + 1;
  }
  return counts;
}
