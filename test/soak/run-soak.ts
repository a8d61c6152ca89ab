/** Some days of a simulated world with Talos in it, then quiet days, then the reckoning. */
import { setImmediate } from "node:timers/promises";
import { loadedFrom } from "../../src/config/load-texts.ts";
import type { Config } from "../../src/config/schema.ts";
import { people, releases, type Stage, troubles } from "./acts.ts";
import { checkEnd } from "./expected-end.ts";
import { type SoakProcess, startProcess } from "./soak-process.ts";
import type { SoakSource } from "./soak-source.ts";
import { createSoakWorld, type SoakWorld, startMs } from "./soak-world.ts";

export interface SoakOptions {
  readonly seed: number;
  readonly days: number;
  readonly references: number;
  /** Between two things that happen, on average. */
  readonly minutesBetween: number;
  /** Without anything new at the end; more than two. */
  readonly quietDays: number;
  readonly onDay?: (world: SoakWorld, day: number) => void | Promise<void>;
}

export interface SoakReport {
  readonly complaints: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
  readonly commits: number;
  readonly kills: number;
  readonly world: SoakWorld;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Enough to see what is wrong. */
const mostComplaints = 5;

export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const world = createSoakWorld(options.seed, options.references);
  const { random, time, judge } = world;
  const later: { atMs: number; act: () => void }[] = [];
  const staleQuestions: Stage["staleQuestions"] = [];
  let present: readonly SoakSource[] = world.sources;
  let talos = await start(world, present);
  let kills = 0;
  const restart = async (isKilled: boolean) => {
    arriveLate(world);
    if (isKilled) await talos.bury();
    else await talos.end();
    if (isKilled) kills += 1;
    await time.advance(time.nowMs + random.below(random.isOneIn(5) ? 120 : 5) * minuteMs);
    present = world.sources.filter(() => !random.isOneIn(25));
    talos = await start(world, present);
  };
  const advance = async (untilMs: number, kind?: string) => {
    await time.advance(untilMs, () => talos.life.isDead() || (kind !== undefined && time.isRunning(kind)));
    if (talos.life.isDead()) await restart(true);
  };

  const endMs = startMs + options.days * dayMs;
  for (let day = 0; time.nowMs < endMs && world.complaints.length < mostComplaints; ) {
    arriveLate(world);
    const waitMs = Math.min(-Math.log(1 - random.next()) * options.minutesBetween * minuteMs, latestMs);
    later.sort((a, b) => a.atMs - b.atMs);
    const next = later[0] !== undefined && later[0].atMs < time.nowMs + waitMs ? later.shift() : undefined;
    await advance(next?.atMs ?? time.nowMs + waitMs, random.isOneIn(3) ? "deliver " : undefined);
    const stage: Stage = {
      world,
      process: talos,
      present,
      staleQuestions,
      later: (delayMs, act) => void later.push({ atMs: time.nowMs + delayMs, act }),
    };
    if (next !== undefined) next.act();
    else if (random.isOneIn(60)) await restart(false);
    else if (random.isOneIn(40)) talos.life.dieAfter(random.between(1, 40));
    else await untilDead(random.pick(random.pick([releases, releases, people, people, troubles]))(stage), talos);
    if (talos.life.isDead()) await restart(true);
    if (Math.floor((time.nowMs - startMs) / dayMs) > day) {
      day = Math.floor((time.nowMs - startMs) / dayMs);
      await options.onDay?.(world, day);
    }
  }

  if (world.complaints.length < mostComplaints) {
    await calmDown(world, later, () => talos.end());
    talos = await start(world, world.sources);
    const quietSinceMs = time.nowMs;
    await time.advance(quietSinceMs + options.quietDays * dayMs);
    await checkEnd(world, talos, world.sources, quietSinceMs);
  }
  await talos.end();
  return { complaints: world.complaints, counts: judge.counts, commits: judge.landings.length, kills, world };
}

/** A push that was lost from sight may still arrive for some minutes. */
const latestMs = 10 * minuteMs;

function arriveLate({ sources }: SoakWorld): void {
  for (const source of sources) {
    source.git.arriveLate();
    source.look(true);
  }
}

/** What a process is asked to do never ends when it dies meanwhile. */
async function untilDead(act: void | Promise<void>, { life }: SoakProcess): Promise<void> {
  let isDone = false;
  const done = Promise.resolve(act).then(() => {
    isDone = true;
  });
  while (!isDone && !life.isDead()) await setImmediate();
  if (isDone) await done;
}

async function calmDown(world: SoakWorld, later: { act: () => void }[], end: () => Promise<void>): Promise<void> {
  await end();
  world.outages.clear();
  for (const { act } of later) act();
  for (const { git } of world.sources) {
    git.failingReads = 0;
    git.pushFates.length = 0;
  }
}

let questions = 0;

function start(world: SoakWorld, present: readonly SoakSource[]): Promise<SoakProcess> {
  return startProcess({
    ...world,
    config: configOf(world.random.isOneIn(3)),
    sources: present,
    newId: () => `question-${(questions += 1)}`,
  });
}

function configOf(isCron: boolean): Config {
  const Schedule = isCron ? { Type: "Cron", Expression: "15 */6 * * *", TimeZone: "Europe/Berlin" } : { Type: "Delay" };
  const text = JSON.stringify({
    ImageUpdateSettings: { Schedule },
    UpdateThrottlingSettings: { QueuePollingFrequencyInSeconds: 300 },
  });
  return loadedFrom({ files: { "/home/me/talos.json": text } }).config;
}
