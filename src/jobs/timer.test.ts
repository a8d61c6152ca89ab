import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setSystemTimer } from "./timer.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const hundredDaysMs = 8_640_000_000;

test("A timer waits for longer than the runtime's own can.", () => {
  const callback = vi.fn();
  setSystemTimer(callback, hundredDaysMs);
  vi.advanceTimersByTime(hundredDaysMs - 1);
  expect(callback).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(callback).toHaveBeenCalledOnce();
});

test("A timer that was called off stays silent, in its later parts too.", () => {
  const callback = vi.fn();
  const cancel = setSystemTimer(callback, hundredDaysMs);
  vi.advanceTimersByTime(hundredDaysMs / 2);
  cancel();
  vi.advanceTimersByTime(hundredDaysMs);
  expect(callback).not.toHaveBeenCalled();
});
