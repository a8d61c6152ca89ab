/**
 * A clock that stands still while anything is at work, and jumps to the next timer when all is quiet. At work is a run of
 * a job that does not wait for a timer of this clock; so a week takes as long as what is done in it.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import type { CancelTimer } from "../../src/jobs/timer.ts";

/** One run of a job, or one act of a person. */
export interface Run {
  readonly name: string;
  readonly startMs: number;
  sleepers: number;
  /** What of the judge's notes is void when the process dies in it. */
  onKilled?: () => void;
}

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly callback: () => void;
}

const longestPumping = 200_000;

export class FakeTime {
  nowMs: number;
  readonly #timers: Timer[] = [];
  readonly #runs = new Set<Run>();
  readonly #current = new AsyncLocalStorage<Run>();
  #order = 0;

  constructor(startMs: number) {
    this.nowMs = startMs;
  }

  setTimer(callback: () => void, delayMs: number): CancelTimer {
    const timer = { atMs: this.nowMs + Math.max(0, delayMs), order: (this.#order += 1), callback };
    const place = this.#timers.findLastIndex(({ atMs }) => atMs <= timer.atMs) + 1;
    this.#timers.splice(place, 0, timer);
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  currentRun(): Run | undefined {
    return this.#current.getStore();
  }

  async inRun<T>(name: string, work: () => Promise<T>): Promise<T> {
    const run: Run = { name, startMs: this.nowMs, sleepers: 0 };
    this.#runs.add(run);
    try {
      return await this.#current.run(run, work);
    } finally {
      this.#runs.delete(run);
    }
  }

  /** Those of a process that was killed never come to an end. */
  forgetRuns(): void {
    for (const { onKilled } of this.#runs) onKilled?.();
    this.#runs.clear();
    this.#timers.length = 0;
  }

  async sleep(milliseconds: number): Promise<void> {
    const run = this.currentRun();
    if (run !== undefined) run.sleepers += 1;
    await new Promise<void>((resolve) => this.setTimer(resolve, milliseconds));
    if (run !== undefined) run.sleepers -= 1;
  }

  isRunning(kind: string): boolean {
    return [...this.#runs].some(({ name }) => name.startsWith(kind));
  }

  async quiet(isOver: () => boolean = () => false): Promise<void> {
    for (let pump = 0; pump < longestPumping; pump += 1) {
      await setImmediate();
      if (isOver() || (pump > 0 && [...this.#runs].every(({ sleepers }) => sleepers > 0))) return;
    }
    throw new Error(`these hang: ${[...this.#runs].map(({ name }) => name).join(", ")}`);
  }

  /** Stops early when `isOver` says so. */
  async advance(untilMs: number, isOver: () => boolean = () => false): Promise<void> {
    for (;;) {
      await this.quiet(isOver);
      if (isOver()) return;
      const [next] = this.#timers;
      if (next === undefined || next.atMs > untilMs) break;
      this.#timers.shift();
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.callback();
    }
    this.nowMs = Math.max(this.nowMs, untilMs);
  }
}
