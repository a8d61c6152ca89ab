import { expect, test } from "vitest";
import { createInProcessJobs } from "./in-process-jobs.ts";
import { countingJob, describeJobsContract, gatedJob, until } from "./jobs-contract.ts";

describeJobsContract("In one process", async () => ({
  open: async (options) => createInProcessJobs({ ...options, now: Date.now }),
  [Symbol.asyncDispose]: async () => {},
}));

test("A job runs at the time it said and not before, after weeks too.", async () => {
  const clock = createClock();
  await using jobs = createInProcessJobs({ ...clock, onError: () => {} });
  const dayMs = 86_400_000;
  const work = countingJob("clean", () => clock.now() + 30 * dayMs);
  await jobs.start([work.job]);
  await until(() => expect(clock.waiting()).toBe(1));
  clock.pass(30 * dayMs - 1);
  expect(work.runs()).toBe(1);
  clock.pass(1);
  await until(() => expect(work.runs()).toBe(2));
});

test("Waits after errors grow from 5 seconds to 5 minutes and are spread.", async () => {
  const clock = createClock();
  await using jobs = createInProcessJobs({ ...clock, onError: () => {}, random: () => 0.5 });
  let runs = 0;
  const run = async () => {
    runs += 1;
    throw new Error("no route");
  };
  await jobs.start([{ id: "scan", run }]);
  const waits: number[] = [];
  for (let failures = 1; failures <= 9; failures += 1) {
    await until(() => expect([runs, clock.waiting()]).toEqual([failures, 1]));
    const waitMs = Number(await jobs.next("scan")) - clock.now();
    waits.push(waitMs);
    clock.pass(waitMs);
  }
  expect(waits).toEqual([5250, 10_500, 21_000, 42_000, 84_000, 168_000, 315_000, 315_000, 315_000]);
});

test("A job that is requested again and again lets others pass.", async () => {
  await using jobs = createInProcessJobs({ concurrency: 1, now: Date.now, onError: () => {} });
  const order: string[] = [];
  const busy = async () => {
    order.push("busy");
    if (order.length < 4) await jobs.request("busy");
    return { nextMs: undefined };
  };
  const patient = async () => {
    order.push("patient");
    return { nextMs: undefined };
  };
  await jobs.start([
    { id: "busy", run: busy },
    { id: "patient", run: patient },
  ]);
  await until(() => expect(order).toEqual(["busy", "patient", "busy", "busy"]));
});

test("A new start drops the jobs it does not name, and aborts their runs.", async () => {
  await using jobs = createInProcessJobs({ concurrency: 2, now: Date.now, onError: () => {} });
  const dropped = gatedJob("dropped");
  const kept = gatedJob("kept");
  await jobs.start([dropped.job, kept.job]);
  await jobs.start([kept.job]);
  expect([dropped.aborted(), kept.aborted()]).toEqual([true, false]);
  dropped.open();
  kept.open();
  await until(() => expect(kept.begun()).toBe(2));
  await jobs.request("dropped");
  expect([dropped.begun(), kept.mostAtOnce()]).toEqual([1, 1]);
  expect(await jobs.next("dropped")).toBeUndefined();
});

function createClock() {
  let nowMs = Date.UTC(2026, 0, 1);
  const timers = new Set<{ readonly dueMs: number; readonly callback: () => void }>();
  return {
    now: () => nowMs,
    setTimer: (callback: () => void, delayMs: number) => {
      const timer = { dueMs: nowMs + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    waiting: () => timers.size,
    pass: (ms: number) => {
      nowMs += ms;
      for (const timer of [...timers].filter(({ dueMs }) => dueMs <= nowMs)) {
        timers.delete(timer);
        timer.callback();
      }
    },
  };
}
