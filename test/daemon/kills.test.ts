/**
 * Whenever a daemon is killed, every update lands once: `talos run` is started again and again against real parties, and
 * ended by SIGKILL at each boundary of its steps. TALOS_KILLS says how many kills there are, TALOS_KILLS_SEED which ones.
 */
import { expect, test } from "vitest";
import { describeWith } from "../parties/describe-with.ts";
import { redisServer } from "../parties/redis-server.ts";
import { undisturbed } from "./kills/death.ts";
import { killLane } from "./kills/kill-lane.ts";
import { type LaneOptions, type LivedLife, openLane } from "./kills/lane.ts";
import { type Boundaries, everyDeath } from "./kills/plan-lives.ts";
import { seededRandom } from "./kills/seeded-random.ts";
import { openWorld } from "./world.ts";

const kills = Number(process.env["TALOS_KILLS"] ?? 50);
const seed = Number(process.env["TALOS_KILLS_SEED"] ?? 1);
/** For a machine with much else to do. */
const timeout = 120_000 + kills * 6000;

/** A little more than an undisturbed delivery has, as a successor has more to do. */
const onSqlite: Boundaries = { git: 18, store: 30, registry: 11, lifeMs: 1200 };
const onRedis: Boundaries = { git: 18, store: 150, registry: 11, lifeMs: 1500 };

/** Most of their time they wait for leases and locks to expire. */
const redisLanes = 8;

interface Trial {
  readonly lanes: readonly LaneOptions[];
  readonly share: number;
  readonly boundaries: Boundaries;
}

describeWith(["git", "docker-registry", "redis-server"], "Every update lands once, whenever talos is killed,", () => {
  test.concurrent("with SQLite.", { timeout }, () =>
    tryKills({ lanes: [{ name: "one" }, { name: "two" }], share: 0.4, boundaries: onSqlite }),
  );

  test.concurrent("also where a push of the dead lands, and a newer version is there by then.", {
    timeout,
  }, async () => {
    await using parts = new AsyncDisposableStack();
    const lane = await openLane(parts.use(await openWorld()), parts, { name: "late" });
    const [one, another] = [() => 0, () => 0.3];
    await lane.releases.publish(one);
    await lane.live({ ...undisturbed, death: { at: "git", step: "push", moment: "late" } });
    await lane.releases.publish(one);
    await lane.releases.publish(another);
    await lane.live({ ...undisturbed, lateAt: "push" });
    expect(await lane.finish()).toEqual([]);
  });

  test.concurrent("with a throttle and a cooldown.", { timeout }, () =>
    tryKills({
      lanes: [{ name: "throttled", throttle: { limit: 3, perSeconds: 4 }, cooldownSeconds: 2 }],
      share: 0.1,
      boundaries: onSqlite,
    }),
  );

  test.concurrent("with a git server that fails.", { timeout }, () =>
    tryKills({ lanes: [{ name: "web", isOverHttp: true }], share: 0.18, boundaries: onSqlite }),
  );

  test.concurrent("with Redis.", { timeout }, async () => {
    await using servers = new AsyncDisposableStack();
    const lanes = await Promise.all(
      Array.from({ length: redisLanes }, async (_, index) => ({
        name: `redis-${index}`,
        redisPort: servers.use(await redisServer()).port,
      })),
    );
    await tryKills({ lanes, share: 0.32, boundaries: onRedis });
  });
});

async function tryKills({ lanes, share, boundaries }: Trial): Promise<void> {
  await using parts = new AsyncDisposableStack();
  const world = parts.use(await openWorld());
  const deaths = everyDeath(boundaries, seededRandom(seed));
  const lived = await Promise.all(
    lanes.map(async (options, index) => {
      const lane = await openLane(world, parts, options);
      const describeLives = () =>
        `TALOS_KILLS_SEED=${seed}, ${options.name}:\n${lane.steps.map((one) => JSON.stringify(one)).join("\n")}`;
      const faults = await killLane(lane, {
        seed: seed * 1000 + index,
        kills: Math.ceil((kills * share) / lanes.length),
        deaths: deaths.filter((_, place) => place % lanes.length === index),
        boundaries,
        isOverHttp: options.isOverHttp ?? false,
      }).catch((cause: unknown) => {
        throw new Error(describeLives(), { cause });
      });
      expect(faults, describeLives()).toEqual([]);
      return lane.steps;
    }),
  );
  if (process.env["TALOS_KILLS"] !== undefined) console.log(countLives(lived.flat()));
}

function countLives(lives: readonly LivedLife[]): string {
  const counts = new Map<string, number>();
  for (const { life, end } of lives) {
    const { death } = life;
    const place = death?.at === "git" && death.step === "push" ? `push (${death.moment})` : death?.at;
    const name = end === "killed" ? `killed at ${place}` : end;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${name}: ${count}`).join(", ");
}
