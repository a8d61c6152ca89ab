import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HeldRuns } from "./held-runs.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("A run is held for as long as its lock is renewed.", async () => {
  const { runs, lost } = holdRuns(async () => []);
  const run = runs.begin("scan", "token", 0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([run.isHeld(), run.signal.aborted, lost]).toEqual([true, false, []]);
  runs.close();
});

test("A run is aborted before its lock can have ended when Redis does not answer.", async () => {
  const { runs, lost } = holdRuns(() => new Promise(() => {}));
  const run = runs.begin("scan", "token", 0);
  await vi.advanceTimersByTimeAsync(8000);
  expect([run.isHeld(), run.signal.aborted]).toEqual([true, false]);
  await vi.advanceTimersByTimeAsync(999);
  expect([run.isHeld(), run.signal.aborted, lost]).toEqual([false, true, ["scan"]]);
  runs.close();
});

test("An answer that was long on its way counts from when it was asked for.", async () => {
  const { runs } = holdRuns(() => new Promise((resolve) => setTimeout(() => resolve([]), 5000)));
  const run = runs.begin("scan", "token", 0);
  await vi.advanceTimersByTimeAsync(10_499);
  expect(run.isHeld()).toBe(true);
  await vi.advanceTimersByTimeAsync(1);
  expect(run.isHeld()).toBe(false);
  runs.close();
});

test("What has been given up is not taken back by a late answer.", async () => {
  const { runs, lost } = holdRuns(() => new Promise((resolve) => setTimeout(() => resolve([]), 7000)));
  const run = runs.begin("scan", "token", 1000);
  await vi.advanceTimersByTimeAsync(9001);
  expect([run.isHeld(), lost]).toEqual([false, ["scan"]]);
  runs.close();
});

test("Only the runs whose locks are gone are aborted.", async () => {
  const { runs, lost } = holdRuns(async () => ["scan"]);
  const [scan, deliver] = [runs.begin("scan", "a", 0), runs.begin("deliver", "b", 0)];
  await vi.advanceTimersByTimeAsync(2000);
  expect([scan.signal.aborted, deliver.signal.aborted, lost]).toEqual([true, false, ["scan"]]);
  runs.close();
});

test("A lock that was taken too long ago is held no longer.", () => {
  const { runs } = holdRuns(async () => []);
  expect(runs.begin("scan", "token", 9000).isHeld()).toBe(false);
  runs.close();
});

function holdRuns(renew: () => Promise<readonly string[]>) {
  const lost: string[] = [];
  const runs = new HeldRuns({ lockMs: 9000, renewMs: 2000, renew, onLost: (id) => lost.push(id) });
  return { runs, lost };
}
