import { windowOpenings } from "../queue/window-opening.ts";
import type { ScanRecord } from "./scan-record.ts";

/**
 * When the first of the delivery windows opens that something of a scan waits for, also when that was while it was under
 * way; undefined: nothing waits for one.
 */
export function nextWindow({ plan, startedMs }: ScanRecord, nowMs: number, timeZone: string): number | undefined {
  const openingsOf = [startedMs, nowMs].map((moment) => windowOpenings(moment, timeZone));
  const openings = (plan?.references ?? [])
    .filter(({ reasons }) => reasons.some(({ code }) => code === "outside-window"))
    .flatMap(({ policy }) => {
      const closed = openingsOf.map((openingOf) => openingOf(policy?.window ?? [])).find(({ isOpen }) => !isOpen);
      return closed === undefined || closed.isOpen ? [] : (closed.atMs ?? []);
    });
  return openings.length === 0 ? undefined : Math.min(...openings);
}
