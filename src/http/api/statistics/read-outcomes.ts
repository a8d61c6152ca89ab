import type { Events, LoggedEvent } from "../../../events/events.ts";

/** What became of one update, as an event told. */
export interface UpdateOutcome {
  readonly became: "delivered" | "reverted" | "failed";
  readonly atMs: number;
  readonly size: string | undefined;
}

type OutcomeLog = Pick<Events, "position" | "read">;

interface Known {
  /** Up to there the log was read. */
  position: number;
  outcomes: readonly UpdateOutcome[];
}

const readAtOnce = 1000;

/** So that only what is new is read: a log of 90 days may be long, and who looks at charts looks often. */
const knownOf = new WeakMap<OutcomeLog, Promise<Known>>();

/** All that the event log tells of. */
export async function readOutcomes(log: OutcomeLog): Promise<readonly UpdateOutcome[]> {
  const before = knownOf.get(log) ?? Promise.resolve({ position: 0, outcomes: [] });
  // One after the other, each from where the one before has come to; after a failure from the beginning.
  const reading = before.catch(() => ({ position: 0, outcomes: [] })).then((known) => readOn(log, known));
  knownOf.set(log, reading);
  return (await reading).outcomes;
}

async function readOn(log: OutcomeLog, known: Known): Promise<Known> {
  const isLost = (await log.position()) < known.position;
  let { position, outcomes } = isLost ? { position: 0, outcomes: [] } : known;
  for (;;) {
    const events = await log.read(position, readAtOnce);
    const last = events.at(-1);
    if (last === undefined) return { position, outcomes };
    position = last.position;
    outcomes = [...outcomes, ...events.flatMap(outcomeOf)];
  }
}

function outcomeOf({ event: { kind, atMs, size } }: LoggedEvent): readonly UpdateOutcome[] {
  if (kind === "delivered" || kind === "reverted") return [{ became: kind, atMs, size }];
  return kind === "dead-lettered" ? [{ became: "failed", atMs, size }] : [];
}
