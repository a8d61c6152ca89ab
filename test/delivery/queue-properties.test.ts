import fc from "fast-check";
import { expect, test } from "vitest";
import type { WaitingEntry } from "../../src/delivery/delivery.ts";
import { targetKey, type Update } from "../../src/delivery/update.ts";
import { propertyRuns, propertyTimeoutMs } from "../files/property-runs.ts";
import { makeUpdate } from "../fixtures/make-update.ts";
import { imagesOf, QueueSimulation, type SimulationSettings } from "./queue-simulation.ts";

const minute = 60_000;
const hour = 60 * minute;
const domains = ["docker.io", "ghcr.io"] as const;

/** The targets: alone and in groups, of one domain and of two, one too large for most limits, one with a window. */
const targets: readonly { readonly source: string; readonly images: readonly string[]; readonly window: string[] }[] = [
  { source: "home", images: ["docker.io/library/a"], window: [] },
  { source: "home", images: ["docker.io/library/b", "docker.io/library/c"], window: [] },
  { source: "home", images: ["ghcr.io/d/d"], window: ["22:00-06:00"] },
  { source: "work", images: ["docker.io/library/e", "ghcr.io/e/e"], window: [] },
  { source: "work", images: ["ghcr.io/f/f"], window: [] },
  { source: "work", images: ["docker.io/library/g", "docker.io/library/h", "docker.io/library/i"], window: [] },
  { source: "club", images: ["docker.io/library/j"], window: [] },
];

/** Tags that go up, or one tag whose digests were seen one after the other. */
function versionOf(target: number, version: number): Update {
  const { source, images, window } = targets[target] ?? { source: "", images: [], window: [] };
  const tag = target % 2 === 0 ? `1.${version}.0` : `latest@d${version}+${version}`;
  return makeUpdate(
    images.map((image) => `${image}:${tag}`),
    { source, target: `target${target}`, window },
  );
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("want" as const), target: fc.nat(targets.length - 1), version: fc.nat(12) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("replay" as const),
      target: fc.nat(targets.length - 1),
      version: fc.nat(12),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("start" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("succeed" as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("fail" as const), random01: fc.double({ min: 0, max: 1, noNaN: true }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("wait" as const),
      ms: fc.constantFrom(0, 1, minute, 10 * minute, hour, 9 * hour),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const throttle = fc.record({ limit: fc.integer({ min: 0, max: 4 }), perSeconds: fc.constantFrom(60, 3600, 86_400) });
const settings: fc.Arbitrary<SimulationSettings> = fc.record({
  throttles: fc
    .tuple(throttle, fc.option(throttle))
    .map(
      ([docker, github]) =>
        new Map([["docker.io", docker], ...(github === null ? [] : [["ghcr.io", github] as const])]),
    ),
  cooldownMs: fc.constantFrom(0, minute, 2 * hour),
  startMs: fc.constant(Date.UTC(2026, 0, 10, 12)),
});

test(
  "no interleaving breaks a rule of the queue, and what fits is delivered in the end",
  () => {
    fc.assert(
      fc.property(settings, fc.array(step, { maxLength: 40 }), (given, steps) => {
        const simulation = new QueueSimulation(given);
        for (const one of steps) {
          take(simulation, one, given);
          checkDecision(simulation, given);
        }
        drain(simulation, given);
        checkWholeHistory(simulation, given);
      }),
      { numRuns: propertyRuns },
    );
  },
  propertyTimeoutMs,
);

function take(simulation: QueueSimulation, one: Step, given: SimulationSettings): void {
  switch (one.do) {
    case "want":
    case "replay":
      return checkEnqueue(simulation, versionOf(one.target, one.version), one.do);
    case "start":
      return checkStart(simulation, given);
    case "succeed":
      return simulation.succeed();
    case "fail":
      return simulation.fail(one.random01);
    case "wait":
      simulation.nowMs += one.ms;
      return;
    case "restart": {
      const before = new Map(simulation.queue);
      simulation.restart();
      expect(simulation.queue).toEqual(before);
    }
  }
}

/** The model: a number for each version. */
function checkEnqueue(simulation: QueueSimulation, update: Update, cause: "want" | "replay"): void {
  const key = targetKey(update);
  const before = simulation.queue.get(key);
  const { kind, entry } = simulation.enqueue(update, cause === "want" ? "policy" : "replay");
  const [had, wanted] = [before === undefined ? -1 : numberOf(before.update), numberOf(update)];
  expect(numberOf(entry.update)).toBe(Math.max(had, wanted));
  expect(entry.queuedMs).toBe(before?.queuedMs ?? simulation.nowMs);
  expect(targetKey(entry.update)).toBe(key);
  if (wanted === had && cause === "want" && before?.cause.kind === "policy") expect(kind).toBe("unchanged");
  if (wanted > had) expect([entry.attempts, entry.notBeforeMs]).toEqual([0, undefined]);
}

function numberOf({ members }: Update): number {
  const [member] = members;
  return member?.firstSeenMs ?? Number(member?.tag.split(".")[1]);
}

/** A delivery takes whole updates, and not before its source has rested. */
function checkStart(simulation: QueueSimulation, { cooldownMs }: SimulationSettings): void {
  const flight = simulation.start();
  if (flight === undefined) return;
  const rested = simulation.nowMs - (simulation.deliveredAtMs.get(flight.source) ?? -Infinity);
  expect(rested).toBeGreaterThanOrEqual(cooldownMs);
  for (const { key, entry } of flight.entries) {
    expect(entry.update.members.length).toBe(targets.find((_, index) => key.endsWith(`target${index}`))?.images.length);
    expect(entry.notBeforeMs ?? 0).toBeLessThanOrEqual(simulation.nowMs);
  }
}

function checkDecision(simulation: QueueSimulation, { throttles }: SimulationSettings): void {
  const decided = simulation.decide();
  expect(new Set(decided.map(({ key }) => key)).size).toBe(decided.length);
  for (const { wait } of decided)
    if (wait.untilMs !== undefined) expect(wait.untilMs).toBeGreaterThan(simulation.nowMs);
  for (const [domain, { limit, perSeconds }] of throttles) {
    const used = simulation.reserved(domain) + countDelivered(simulation, domain, simulation.nowMs, perSeconds);
    expect(used).toBeLessThanOrEqual(limit);
    checkRoom(decided, domain, limit - used);
  }
}

/** What goes leaves the room that older ones wait for. */
function checkRoom(decided: readonly WaitingEntry[], domain: string, free: number): void {
  let spoken = 0;
  for (const { entry, wait } of decided) {
    const images = imagesOf(entry.update, domain);
    if (wait.kind === "ready" && images > 0) expect(spoken + images).toBeLessThanOrEqual(free);
    if (["ready", "throttle", "behind"].includes(wait.kind)) spoken += images;
  }
}

function countDelivered(simulation: QueueSimulation, domain: string, atMs: number, perSeconds: number): number {
  return simulation.delivered.filter(
    (one) => one.domain === domain && one.atMs <= atMs && one.atMs > atMs - perSeconds * 1000,
  ).length;
}

/** Nothing new comes: every entry that can fit goes, within a bounded time and without being asked at every moment. */
function drain(simulation: QueueSimulation, given: SimulationSettings): void {
  simulation.restart();
  const longestMs = Math.max(...[...given.throttles.values()].map(({ perSeconds }) => perSeconds * 1000));
  const deadline = simulation.nowMs + (simulation.queue.size + 1) * (longestMs + given.cooldownMs + 26 * hour);
  for (;;) {
    while (simulation.start() !== undefined) simulation.succeed();
    const waits = simulation.decide().map(({ wait }) => wait);
    const times = waits.flatMap(({ untilMs }) => untilMs ?? []);
    if (times.length === 0) {
      expect(waits.filter(({ kind }) => kind !== "limit-zero" && kind !== "too-large")).toEqual([]);
      return;
    }
    simulation.nowMs = Math.min(...times);
    expect(simulation.nowMs).toBeLessThanOrEqual(deadline);
  }
}

function checkWholeHistory(simulation: QueueSimulation, { throttles, cooldownMs }: SimulationSettings): void {
  for (const { domain, source, atMs } of simulation.delivered) {
    const { limit, perSeconds } = throttles.get(domain) ?? { limit: Infinity, perSeconds: 1 };
    expect(countDelivered(simulation, domain, atMs, perSeconds)).toBeLessThanOrEqual(limit);
    const others = simulation.delivered.filter((other) => other.source === source && other.atMs > atMs);
    for (const other of others) expect(other.atMs - atMs).toBeGreaterThanOrEqual(cooldownMs);
  }
  for (const { update } of simulation.queue.values())
    expect(domains.some((domain) => imagesOf(update, domain) > (throttles.get(domain)?.limit ?? Infinity))).toBe(true);
}
