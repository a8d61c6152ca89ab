import { decideQueue, type KeyedEntry } from "../src/delivery/queue/decide-queue.ts";
import { targetKey, type Update } from "../src/delivery/update.ts";

const entryCount = 10_000;
const runCount = 15;
const nowMs = Date.UTC(2026, 0, 10, 12);
const domains = ["docker.io", "ghcr.io", "lscr.io", "quay.io"];
const windows = [[], [], ["Mon-Fri 22:00-06:00"], ["weekends"], ["10:00-18:00 Europe/Berlin"]];

/** The median time of the pass that decides what of a long queue may go, on one core, once the code is warm. */
export function measureDecideQueue(): { readonly milliseconds: number; readonly entries: number } {
  const entries = longQueue();
  const times: number[] = [];
  for (let run = 0; run < runCount; run++) {
    const start = performance.now();
    const decided = decideQueue(entries, circumstances());
    times.push(performance.now() - start);
    const ready = decided.filter(({ wait }) => wait.kind === "ready").length;
    if (decided.length !== entryCount || ready === 0 || ready > entryCount / 2)
      throw new Error("The queue to decide is not what it should be.");
  }
  const [median] = times.sort((a, b) => a - b).slice(Math.floor(runCount / 2));
  return { milliseconds: median ?? Number.NaN, entries: entries.length };
}

export function longQueue(): readonly KeyedEntry[] {
  return Array.from({ length: entryCount }, (_, index) => writeEntry(index));
}

/** Throttles that let some through, each after a window with as many deliveries as it allows at most. */
function circumstances(): Parameters<typeof decideQueue>[1] {
  const counted = Array.from({ length: 500 }, (_, index) => ({
    id: String(index),
    atMs: nowMs - index * 7000,
    count: 1,
  }));
  return {
    nowMs,
    timeZone: "Europe/Berlin",
    throttles: new Map(domains.map((domain) => [domain, { limit: 1000, perSeconds: 3600 }])),
    counted: new Map(domains.map((domain) => [domain, counted])),
    reserved: new Map([["docker.io", 3]]),
    cooldownUntil: new Map([["source3", nowMs + 60_000]]),
  };
}

/** In no order; every tenth is a group of four. */
function writeEntry(index: number): KeyedEntry {
  const scattered = (index * 7919) % entryCount;
  const size = index % 10 === 0 ? 4 : 1;
  const update: Update = {
    source: `source${index % 20}`,
    target: size === 1 ? `compose:compose.yml#/services/web${index}` : `group:web${index}`,
    size: "minor",
    members: Array.from({ length: size }, (_, place) => writeMember(index, place)),
    window: [...(windows[index % windows.length] ?? [])],
  };
  const cause = { kind: "policy", atMs: nowMs } as const;
  const failed = index % 17 === 0 ? { notBeforeMs: nowMs + 1000, lastError: "no route to host" } : {};
  return { key: targetKey(update), entry: { update, cause, queuedMs: nowMs - scattered, attempts: 0, ...failed } };
}

function writeMember(index: number, place: number): Update["members"][number] {
  const path = `owner/image${index}`;
  const digest = `sha256:${String(index).padStart(64, "0")}`;
  return {
    id: `compose:compose.yml#/services/web${index}-${place}`,
    file: "compose.yml",
    pointer: `/services/web${index}-${place}`,
    name: `web${index}-${place}`,
    from: `${path}:1.0.0`,
    to: `${path}:1.1.0@${digest}`,
    domain: domains[(index + place) % domains.length] ?? "docker.io",
    path,
    tag: "1.1.0",
    digest,
  };
}
