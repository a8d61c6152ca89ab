/** How one request went, for those that come after it. */
type Outcome = "answered" | "refused";

export interface Pass {
  leave(outcome: Outcome, milliseconds: number): void;
}

export interface Gate {
  enter(signal: AbortSignal): Promise<Pass>;
  /** How many may be inside at the most, once it is known what the other side can take. */
  setMaximum(maximum: number): void;
  readonly waiting: number;
}

/** A request that took this long, and this many times as long as usual, says that the other side has enough to do. */
const slowMs = 1000;
const slowFactor = 4;
/** One alone would make a registry that refuses now and then very slow. */
const fewest = 2;

/**
 * Lets as many requests through at once as the other side takes well: half as many after a refusal, fewer when it slows down, and
 * one more after each full round without either.
 */
export function createGate(initialMaximum: number): Gate {
  let maximum = initialMaximum;
  let limit = initialMaximum;
  let inside = 0;
  let entered = 0;
  /** Requests that entered before the last reduction say nothing about its effect. */
  let reducedAt = 0;
  let usualMs: number | undefined;
  const queue: (() => void)[] = [];

  const admit = (): void => {
    while (inside < Math.floor(limit)) {
      const next = queue.shift();
      if (next === undefined) return;
      inside += 1;
      next();
    }
  };

  const reduce = (number: number, factor: number): void => {
    if (number < reducedAt) return;
    reducedAt = entered;
    limit = Math.max(Math.min(fewest, maximum), limit * factor);
  };

  const judge = (number: number, outcome: Outcome, milliseconds: number): void => {
    if (outcome === "refused") return reduce(number, 0.5);
    if (usualMs !== undefined && milliseconds > Math.max(slowMs, usualMs * slowFactor)) return reduce(number, 0.75);
    usualMs = usualMs === undefined ? milliseconds : usualMs * 0.9 + milliseconds * 0.1;
    limit = Math.min(maximum, limit + 1 / limit);
  };

  const createPass = (): Pass => {
    const number = entered++;
    return {
      leave: (outcome, milliseconds) => {
        inside -= 1;
        judge(number, outcome, milliseconds);
        admit();
      },
    };
  };

  return {
    enter: async (signal) => {
      await waitInLine(queue, signal, admit);
      return createPass();
    },
    setMaximum: (next) => {
      limit = limit === maximum ? next : Math.min(limit, next);
      maximum = next;
      admit();
    },
    get waiting() {
      return queue.length;
    },
  };
}

function waitInLine(queue: (() => void)[], signal: AbortSignal, admit: () => void): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const goIn = (): void => {
    signal.removeEventListener("abort", giveUp);
    resolve();
  };
  const giveUp = (): void => {
    queue.splice(queue.indexOf(goIn), 1);
    reject(signal.reason);
  };
  signal.addEventListener("abort", giveUp, { once: true });
  queue.push(goIn);
  admit();
  return promise;
}
