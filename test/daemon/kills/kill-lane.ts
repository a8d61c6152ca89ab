import type { Death } from "./death.ts";
import type { Lane } from "./lane.ts";
import { type Boundaries, planLife } from "./plan-lives.ts";
import { seededRandom } from "./seeded-random.ts";

export interface KillOptions {
  readonly seed: number;
  readonly kills: number;
  /** At boundaries; when they are used up they begin anew. */
  readonly deaths: readonly Death[];
  readonly boundaries: Boundaries;
  readonly isOverHttp: boolean;
}

/** Every so-manieth death comes at a time of chance, the others at the boundaries of steps. */
const timedEvery = 6;

/**
 * Kills the daemons of a lane so often, each in the middle of a delivery, and gives what is wrong in the end. A life in which
 * everything was done before its death came does not count.
 */
export async function killLane(lane: Lane, options: KillOptions): Promise<readonly string[]> {
  const { seed, kills, deaths, boundaries, isOverHttp } = options;
  const random = seededRandom(seed);
  let used = 0;
  for (let done = 0, lives = 0; done < kills; lives += 1) {
    if (lives > kills * 3 + 10) throw new Error(`only ${done} of ${lives} lives ended by a kill`);
    const isTimed = lives % timedEvery === timedEvery - 1;
    const next = isTimed ? undefined : deaths[used++ % deaths.length];
    const death = next ?? { at: "time", delayMs: random() * boundaries.lifeMs };
    await lane.releases.publish(random);
    const lived = await lane.live(planLife(death, boundaries, { isOverHttp, random }));
    if (lived.end !== "settled") done += 1;
  }
  return lane.finish();
}
