import { writeTogether } from "../test/concurrency/write-together.ts";
import { openWorld } from "../test/daemon/world.ts";

const setup = { writers: 8, rounds: 10, updatesPerRound: 5, paceMs: 6000 };

export interface WritersFigures {
  readonly writers: number;
  readonly updates: number;
  /** Commits of a person, who pushed at the same time. */
  readonly notes: number;
  /** From queued to pushed. */
  readonly medianSeconds: number;
  readonly percentile95Seconds: number;
  readonly longestSeconds: number;
}

/** Eight Talos with stores of their own and a person on one branch. Throws when an update is lost or lands twice. */
export async function measureWriters(): Promise<WritersFigures> {
  await using world = await openWorld();
  const { repository, notes, released, events } = await writeTogether(world, setup);
  const text = (await repository.commits()).map(({ message }) => message).join("\n");
  const landed = [...text.matchAll(/^ {2}(\S+): \S+ -> \S+$/gm)].map(([, name]) => name);
  if (landed.length !== released.size || new Set(landed).size !== released.size)
    throw new Error(`${landed.length} updates landed, ${new Set(landed).size} different ones, of ${released.size}`);
  const seconds = events
    .filter(({ kind }) => kind === "delivered")
    .map(({ atMs, facts }) => (atMs - Number(facts?.["queuedMs"])) / 1000)
    .sort((one, other) => one - other);
  const at = (share: number) => seconds[Math.ceil(seconds.length * share) - 1] ?? Number.NaN;
  return {
    writers: setup.writers,
    updates: seconds.length,
    notes: notes.length,
    medianSeconds: at(0.5),
    percentile95Seconds: at(0.95),
    longestSeconds: at(1),
  };
}
