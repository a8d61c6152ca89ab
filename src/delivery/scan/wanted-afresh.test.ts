import { expect, test } from "vitest";
import { deliveryWorld } from "../../../test/fixtures/delivery-world.ts";
import { awaitBurst, unserved, wantAfresh } from "./wanted-afresh.ts";

const signal = new AbortController().signal;
const repository = (name: string) => ({ domain: "docker.io", path: `library/${name}` });
const wanted = { allMs: 10, repositories: [{ ...repository("web"), atMs: 20 }] };
const scanned = { source: "home", startedMs: 15, endedMs: 30 };

test.each([
  ["no scan", undefined, wanted],
  ["a scan that began in between", scanned, { repositories: wanted.repositories }],
  ["a scan that began after all", { ...scanned, startedMs: 21 }, { repositories: [] }],
  ["a scan that is under way", { ...scanned, startedMs: 21, endedMs: undefined }, wanted],
  ["a scan that failed", { ...scanned, startedMs: 21, error: "no network" }, wanted],
])("What is left to be asked after %s is known.", (_, record, left) => {
  expect(unserved(wanted, record)).toEqual(left);
});

/** How long a scan waits when so many milliseconds pass between one push and the next. */
async function waited(...gapsMs: readonly number[]): Promise<number> {
  const world = deliveryWorld({ files: {} });
  const beginMs = world.clock.nowMs;
  const comesMs = gapsMs.map((_, index) => beginMs + gapsMs.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0));
  const push = async () => {
    while ((comesMs[0] ?? Number.POSITIVE_INFINITY) <= world.clock.nowMs) {
      await wantAfresh("home", [repository(`s${comesMs.length}`)], { ...world.ports, now: () => comesMs[0] ?? 0 });
      comesMs.shift();
    }
  };
  await push();
  const pause = async (milliseconds: number) => {
    world.clock.nowMs += milliseconds;
    await push();
  };
  await awaitBurst("home", { ...world.ports, pause }, signal);
  return world.clock.nowMs - beginMs;
}

test("A scan waits until a burst is over, but not for ever, and not at all where nothing was pushed.", async () => {
  expect(await waited()).toBe(0);
  expect(await waited(0)).toBe(300);
  expect(await waited(0, 100, 100, 100)).toBe(600);
  expect(await waited(0, 1000)).toBe(300);
  const endless = await waited(0, ...Array.from({ length: 100 }, () => 200));
  expect(endless).toBeGreaterThanOrEqual(2000);
  expect(endless).toBeLessThan(2400);
});

test("A time that is still to come holds up nothing.", async () => {
  const world = deliveryWorld({ files: {} });
  await wantAfresh("home", [repository("web")], { ...world.ports, now: () => world.clock.nowMs + 60_000 });
  await awaitBurst("home", { ...world.ports, pause: () => Promise.reject(new Error("it waits")) }, signal);
});

test("What a person wants asked again is everything, and so is very much.", async () => {
  const world = deliveryWorld({ files: {} });
  await wantAfresh("home", [repository("web")], world.ports);
  await wantAfresh("home", undefined, world.ports);
  const { nowMs } = world.clock;
  const kept = async () => (await world.ports.memory.afresh.get("home"))?.value;
  expect(await kept()).toEqual({ allMs: nowMs, repositories: [{ ...repository("web"), atMs: nowMs }] });
  await wantAfresh(
    "home",
    Array.from({ length: 600 }, (_, index) => repository(`s${index}`)),
    world.ports,
  );
  expect(await kept()).toEqual({ allMs: nowMs, repositories: [] });
});
