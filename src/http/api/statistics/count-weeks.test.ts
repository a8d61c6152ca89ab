import { expect, test } from "vitest";
import { fakeTalos } from "../../../../test/fixtures/fake-talos.ts";
import { countWeeks } from "./count-weeks.ts";
import { readOutcomes } from "./read-outcomes.ts";
import { weekStarts } from "./week-starts.ts";

test.each([
  ["UTC", "2026-11-21T12:00:00Z", ["2026-11-09T00:00:00Z", "2026-11-16T00:00:00Z"]],
  // The clocks were set back on 25 October.
  ["Europe/Berlin", "2026-10-27T12:00:00Z", ["2026-10-18T22:00:00Z", "2026-10-25T23:00:00Z"]],
  // Sunday is the last day, and it is Monday there already.
  ["Pacific/Auckland", "2026-11-22T11:30:00Z", ["2026-11-15T11:00:00Z", "2026-11-22T11:00:00Z"]],
  ["UTC", "2026-11-16T00:00:00Z", ["2026-11-09T00:00:00Z", "2026-11-16T00:00:00Z"]],
])("in %s at %s the latest weeks began at %j", (zone, now, starts) => {
  expect(weekStarts(Date.parse(now), 2, zone)).toEqual(starts.map((start) => Date.parse(start)));
});

test("updates are counted by the week they came in", async () => {
  const talos = fakeTalos();
  const now = Date.parse("2026-11-21T12:00:00Z");
  const days = (number: number) => now - number * 86_400_000;
  talos.happen({ kind: "delivered", text: "long ago", atMs: days(100), size: "patch" });
  talos.happen({ kind: "delivered", text: "a", atMs: days(10), size: "patch" });
  talos.happen({ kind: "delivered", text: "b", atMs: days(1), size: "patch" });
  talos.happen({ kind: "delivered", text: "c", atMs: days(1), size: "major" });
  talos.happen({ kind: "dead-lettered", text: "d", atMs: days(1), size: "major" });
  talos.happen({ kind: "reverted", text: "e", atMs: days(10) });
  talos.happen({ kind: "queued", text: "f", atMs: days(1), size: "major" });
  expect(countWeeks(await readOutcomes(talos.events), { weeks: 2, nowMs: now, timeZone: "UTC" })).toEqual([
    { startMs: Date.parse("2026-11-09T00:00:00Z"), delivered: 1, reverted: 1, failed: 0, bySize: { patch: 1 } },
    {
      startMs: Date.parse("2026-11-16T00:00:00Z"),
      delivered: 2,
      reverted: 0,
      failed: 1,
      bySize: { patch: 1, major: 1 },
    },
  ]);
});

test("what was read is not read again, and what is new is", async () => {
  const talos = fakeTalos();
  const read: number[] = [];
  const log = {
    position: () => talos.events.position(),
    read: (after: number, limit: number) => {
      read.push(after);
      return talos.events.read(after, limit);
    },
  };
  talos.happen({ kind: "delivered", text: "a" });
  const both = await Promise.all([readOutcomes(log), readOutcomes(log)]);
  expect(both.map((outcomes) => outcomes.length)).toEqual([1, 1]);
  talos.happen({ kind: "reverted", text: "b" });
  expect((await readOutcomes(log)).map(({ became }) => became)).toEqual(["delivered", "reverted"]);
  expect(read).toEqual([0, 1, 1, 1, 2]);
  talos.log.splice(0);
  expect(await readOutcomes(log)).toEqual([]);
});
