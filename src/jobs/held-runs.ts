// The runs of this process and their locks in Redis. A lock that could not be renewed in time, be it that Redis is away or
// that this process was busy, may be somebody else's by now: then the run is aborted.

export interface HeldRunsOptions {
  readonly lockMs: number;
  readonly renewMs: number;
  /** Gives back the ids of those that are held no longer. */
  readonly renew: (ids: readonly string[], tokens: readonly string[]) => Promise<readonly string[]>;
  readonly onLost: (id: string) => void;
}

export interface HeldRun {
  readonly signal: AbortSignal;
  /** False when another process may be running the job. */
  readonly isHeld: () => boolean;
}

interface Run {
  readonly token: string;
  readonly controller: AbortController;
  /** By a clock that nobody sets. */
  heldUntilMs: number;
  isLost: boolean;
}

/** Redis sets the lock a little later than we ask for it, but it must never end before we say so. */
const cautionMs = 500;

export class HeldRuns {
  readonly #runs = new Map<string, Run>();
  readonly #options: HeldRunsOptions;
  readonly #timers: readonly NodeJS.Timeout[];
  #renewing = false;

  constructor(options: HeldRunsOptions) {
    this.#options = options;
    // A failure means that Redis is away, which others tell.
    const renew = () => void this.#renew().catch(() => undefined);
    this.#timers = [setInterval(renew, options.renewMs), setInterval(() => this.#loseExpired(), cautionMs / 2)];
  }

  has(id: string): boolean {
    return this.#runs.has(id);
  }

  /** `lockAgeMs`: how long ago the lock was asked for. */
  begin(id: string, token: string, lockAgeMs: number): HeldRun {
    const controller = new AbortController();
    const run: Run = { token, controller, heldUntilMs: this.#holdFrom(performance.now() - lockAgeMs), isLost: false };
    this.#runs.set(id, run);
    return { signal: controller.signal, isHeld: () => !run.isLost && run.heldUntilMs > performance.now() };
  }

  end(id: string): void {
    this.#runs.delete(id);
  }

  abort(ids: Iterable<string> = this.#runs.keys()): void {
    for (const id of ids) this.#runs.get(id)?.controller.abort();
  }

  /** No lock is renewed any more. */
  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  async #renew(): Promise<void> {
    if (this.#renewing || this.#runs.size === 0) return;
    this.#renewing = true;
    const runs = [...this.#runs];
    const askedMs = performance.now();
    try {
      const lost = new Set(
        await this.#options.renew(
          runs.map(([id]) => id),
          runs.map(([, { token }]) => token),
        ),
      );
      for (const [id, run] of runs) {
        if (lost.has(id)) this.#lose(id, run);
        else if (!run.isLost) run.heldUntilMs = this.#holdFrom(askedMs);
      }
    } finally {
      this.#renewing = false;
    }
  }

  #loseExpired(): void {
    for (const [id, run] of this.#runs) if (run.heldUntilMs <= performance.now()) this.#lose(id, run);
  }

  #lose(id: string, run: Run): void {
    if (run.isLost || this.#runs.get(id) !== run) return;
    run.isLost = true;
    if (run.controller.signal.aborted) return;
    run.controller.abort();
    this.#options.onLost(id);
  }

  #holdFrom(askedMs: number): number {
    return askedMs + this.#options.lockMs - cautionMs;
  }
}
