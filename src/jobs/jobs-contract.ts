import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Job, Jobs, JobsErrorListener } from "./jobs.ts";

export interface JobsFixture extends AsyncDisposable {
  /** Another object with the same jobs; on Redis, as another process would have it. */
  open(options: { readonly concurrency: number; readonly onError: JobsErrorListener }): Promise<Jobs>;
}

/** What every adapter of the jobs port must do. Each adapter's test calls it with a fresh place for jobs. */
export function describeJobsContract(adapter: string, create: () => Promise<JobsFixture>): void {
  describe(`${adapter}, as jobs:`, () => {
    const errors: [unknown, string | undefined][] = [];
    let fixture: JobsFixture;
    let jobs: Jobs;
    beforeEach(async () => {
      errors.length = 0;
      fixture = await create();
      jobs = await fixture.open({ concurrency: 2, onError: (error, id) => errors.push([error, id]) });
    });
    afterEach(async () => {
      await jobs[Symbol.asyncDispose]();
      await fixture[Symbol.asyncDispose]();
    });

    describeRuns(() => jobs);
    describeErrors(() => jobs, errors);
    describeEnd(() => jobs);
  });
}

function describeRuns(jobs: () => Jobs): void {
  test("Every job runs once at the start, whatever its id looks like.", async () => {
    const ids = ["scan ssh://git@host:22/me/infra.git", "7", "deliver ä/ö", "0:1"];
    const work = ids.map((id) => countingJob(id));
    await jobs().start(work.map(({ job }) => job));
    await until(() => expect(work.map(({ runs }) => runs())).toEqual([1, 1, 1, 1]));
    await until(async () => expect(await jobs().next("7")).toBeUndefined());
  });

  test("A job runs again at its next time, and says when that is.", async () => {
    const soon = countingJob("soon", () => Date.now() + 50);
    const laterMs = Date.now() + 3_600_000;
    const later = countingJob("later", () => laterMs);
    await jobs().start([soon.job, later.job]);
    await until(() => expect(soon.runs()).toBeGreaterThanOrEqual(3));
    await until(async () => expect(await jobs().next("later")).toBe(laterMs));
    expect(later.runs()).toBe(1);
  });

  test("A request runs a job at once, instead of at its next time.", async () => {
    const work = countingJob("scan", () => Date.now() + 3_600_000);
    await jobs().start([work.job]);
    await until(async () => expect(await jobs().next("scan")).toBeGreaterThan(Date.now()));
    await jobs().request("scan");
    await until(() => expect(work.runs()).toBe(2));
    await until(async () => expect(await jobs().next("scan")).toBeGreaterThan(Date.now()));
  });

  test("Requests for a job that is running run it once more, after that run.", async () => {
    const work = gatedJob("scan");
    await jobs().start([work.job]);
    await until(() => expect(work.running()).toBe(1));
    expect(await jobs().next("scan")).toBe("running");
    await jobs().request("scan");
    await jobs().request("scan");
    work.open();
    await until(() => expect(work.begun()).toBe(2));
    await until(async () => expect(await jobs().next("scan")).toBeUndefined());
    expect(work.begun()).toBe(2);
    expect(work.mostAtOnce()).toBe(1);
  });

  test("A request for a job that nobody knows is ignored.", async () => {
    await jobs().start([]);
    await jobs().request("scan");
    expect(await jobs().next("scan")).toBeUndefined();
  });

  test("No more jobs run at once than the pool has places.", async () => {
    const work = ["a", "b", "c", "d", "e"].map((id) => gatedJob(id));
    const running = () => work.reduce((sum, one) => sum + one.running(), 0);
    await jobs().start(work.map(({ job }) => job));
    await until(() => expect(running()).toBe(2));
    for (const begun of [3, 4, 5]) {
      work.find((one) => one.running() === 1)?.open();
      await until(() => expect(work.filter((one) => one.begun() === 1)).toHaveLength(begun));
      expect(running()).toBe(2);
    }
    for (const one of work) one.open();
  });
}

function describeErrors(jobs: () => Jobs, errors: readonly [unknown, string | undefined][]): void {
  test("An error is reported, the job waits at least 5 seconds, and others go on.", async () => {
    const failing: Job = { id: "failing", run: () => Promise.reject(new Error("no route")) };
    const other = countingJob("other", () => Date.now() + 50);
    const startedMs = Date.now();
    await jobs().start([failing, other.job]);
    await until(async () => expect(await jobs().next("failing")).toBeGreaterThanOrEqual(startedMs + 5000));
    expect(await jobs().next("failing")).toBeLessThan(Date.now() + 5501);
    expect(errors).toEqual([[new Error("no route"), "failing"]]);
    await until(() => expect(other.runs()).toBeGreaterThanOrEqual(3));
  });

  test("Each further error doubles the wait, and a success begins anew.", async () => {
    let broken = true;
    const run = async () => {
      if (broken) throw new Error("no route");
      return { nextMs: undefined };
    };
    await jobs().start([{ id: "scan", run }]);
    const waitMs = async () => Number(await jobs().next("scan")) - Date.now();
    await until(async () => expect(await waitMs()).toBeGreaterThan(3000));
    await jobs().request("scan");
    await until(async () => expect(await waitMs()).toBeGreaterThan(8000));
    broken = false;
    await jobs().request("scan");
    await until(async () => expect(await jobs().next("scan")).toBeUndefined());
    broken = true;
    await jobs().request("scan");
    await until(async () => expect(await waitMs()).toBeGreaterThan(3000));
    expect(await waitMs()).toBeLessThan(6000);
  });
}

function describeEnd(jobs: () => Jobs): void {
  test("Disposal aborts what is running, waits for it, and begins nothing more.", async () => {
    const work = ["a", "b", "c"].map((id) => gatedJob(id));
    await jobs().start(work.map(({ job }) => job));
    await until(() => expect(work.filter((one) => one.running() === 1)).toHaveLength(2));
    let disposed = false;
    const disposal = jobs()
      [Symbol.asyncDispose]()
      .then(() => {
        disposed = true;
      });
    const first = work.filter((one) => one.running() === 1);
    await until(() => expect(first.every((one) => one.aborted())).toBe(true));
    first[0]?.open();
    await until(() => expect(first[0]?.running()).toBe(0));
    expect(disposed).toBe(false);
    for (const one of work) one.open();
    await disposal;
    expect(work.reduce((sum, one) => sum + one.begun(), 0)).toBe(2);
  });

  test("What aborts its run is not reported as an error.", async () => {
    const run = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    await jobs().start([{ id: "scan", run }]);
    await until(async () => expect(await jobs().next("scan")).toBe("running"));
    await jobs()[Symbol.asyncDispose]();
  });
}

export function countingJob(id: string, nextMs: () => number | undefined = () => undefined) {
  let runs = 0;
  const run = async () => {
    runs += 1;
    return { nextMs: nextMs() };
  };
  return { job: { id, run }, runs: () => runs };
}

/** A job that runs until it is let go; from then on its runs end at once. */
export function gatedJob(id: string) {
  const gate = Promise.withResolvers<void>();
  let [begun, running, mostAtOnce] = [0, 0, 0];
  let lastSignal: AbortSignal | undefined;
  const run = async (signal: AbortSignal) => {
    begun += 1;
    running += 1;
    mostAtOnce = Math.max(mostAtOnce, running);
    lastSignal = signal;
    await gate.promise;
    running -= 1;
    return { nextMs: undefined };
  };
  return {
    job: { id, run },
    open: () => gate.resolve(),
    begun: () => begun,
    running: () => running,
    mostAtOnce: () => mostAtOnce,
    aborted: () => lastSignal?.aborted ?? false,
  };
}

export async function until(holds: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(holds, { timeout: 30_000, interval: 20 });
}
