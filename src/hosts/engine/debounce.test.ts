import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { debounce } from "./debounce.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a burst is one run, after it", async () => {
  const run = vi.fn(async () => undefined);
  const debounced = debounce(run);
  for (let index = 0; index < 10; index++) {
    debounced.request();
    await vi.advanceTimersByTimeAsync(20);
  }
  expect(run).toHaveBeenCalledTimes(0);
  await vi.advanceTimersByTimeAsync(1000);
  expect(run).toHaveBeenCalledTimes(1);
});

test("what never ceases is run for now and then", async () => {
  const run = vi.fn(async () => undefined);
  const debounced = debounce(run);
  for (let index = 0; index < 50; index++) {
    debounced.request();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(run).toHaveBeenCalledTimes(2);
});

test("a request during a run leads to another one after it, never beside it", async () => {
  const first = Promise.withResolvers<undefined>();
  const run = vi.fn(() => first.promise);
  const debounced = debounce(run);
  debounced.request();
  await vi.advanceTimersByTimeAsync(1000);
  debounced.request();
  await vi.advanceTimersByTimeAsync(5000);
  expect(run).toHaveBeenCalledTimes(1);
  first.resolve(undefined);
  await vi.advanceTimersByTimeAsync(1000);
  expect(run).toHaveBeenCalledTimes(2);
});

test("nothing is run once it is over", async () => {
  const run = vi.fn(async () => undefined);
  const debounced = debounce(run);
  debounced.request();
  debounced[Symbol.dispose]();
  debounced.request();
  await vi.advanceTimersByTimeAsync(5000);
  expect(run).not.toHaveBeenCalled();
});
