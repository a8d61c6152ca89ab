import fc from "fast-check";
import { expect, test } from "vitest";
import type { LoggedEvent } from "../../../events/events.ts";
import { readBackwards } from "./read-backwards.ts";

function logOf(kept: readonly LoggedEvent[]) {
  return {
    position: async () => kept.at(-1)?.position ?? 0,
    read: async (after: number, limit: number) => kept.filter(({ position }) => position > after).slice(0, limit),
  };
}

function logged(position: number): LoggedEvent {
  const event = { kind: "queued", atMs: position, actor: "talos", cause: "policy", text: `${position}` } as const;
  return { position, event };
}

test("pages from the latest on have every wanted event once, whatever is missing", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 1, max: 3000 }), { maxLength: 200 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: 1000 }),
      async (positions, limit, every, after) => {
        const all = positions.toSorted((one, other) => one - other).map(logged);
        const isWanted = ({ position }: LoggedEvent) => position % every === 0;
        const pages: LoggedEvent[] = [];
        let before: number | undefined;
        do {
          const page = await readBackwards(logOf(all), { before, after, limit, isWanted });
          expect(page.events.length).toBeLessThanOrEqual(limit);
          expect(page.before ?? 0).toBeLessThan(before ?? Number.POSITIVE_INFINITY);
          pages.unshift(...page.events);
          before = page.before;
        } while (before !== undefined);
        expect(pages).toEqual(all.filter((one) => one.position > after && isWanted(one)));
      },
    ),
  );
});

test("where hardly any is wanted a page ends before it is full, and the next goes on", async () => {
  const all = Array.from({ length: 30_000 }, (_, index) => logged(index + 1));
  const isWanted = ({ position }: LoggedEvent) => position === 5;
  const first = await readBackwards(logOf(all), { before: undefined, after: 0, limit: 10, isWanted });
  expect(first.events).toEqual([]);
  expect(first.before).toBeGreaterThan(8000);
  const second = await readBackwards(logOf(all), { before: first.before, after: 0, limit: 10, isWanted });
  expect(second).toEqual({ events: [logged(5)], before: undefined });
});
