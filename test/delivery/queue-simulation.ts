import type { WaitingEntry } from "../../src/delivery/delivery.ts";
import { attemptLimit, backOffMs } from "../../src/delivery/queue/back-off.ts";
import { compareUpdates } from "../../src/delivery/queue/compare-updates.ts";
import { type Circumstances, decideQueue, type KeyedEntry } from "../../src/delivery/queue/decide-queue.ts";
import { type EnqueueOutcome, enqueueUpdate } from "../../src/delivery/queue/enqueue-update.ts";
import { type Cause, queueEntrySchema } from "../../src/delivery/queue/queue-entry.ts";
import { targetKey, type Update } from "../../src/delivery/update.ts";
import type { Counted } from "../../src/store/store.ts";

export interface SimulationSettings {
  readonly throttles: Circumstances["throttles"];
  readonly cooldownMs: number;
  readonly startMs: number;
}

/** A delivery under way: one commit of one source. */
interface Flight {
  readonly source: string;
  readonly entries: readonly KeyedEntry[];
}

/** What a daemon does with the rules of the queue, reduced to values: a store, a clock, and deliveries that take time. */
export class QueueSimulation {
  nowMs: number;
  readonly queue = new Map<string, KeyedEntry["entry"]>();
  readonly delivered: (Counted & { readonly domain: string; readonly source: string })[] = [];
  readonly deliveredAtMs = new Map<string, number>();
  readonly #settings: SimulationSettings;
  #flights: readonly Flight[] = [];

  constructor(settings: SimulationSettings) {
    this.#settings = settings;
    this.nowMs = settings.startMs;
  }

  enqueue(update: Update, kind: Cause["kind"]): EnqueueOutcome {
    const key = targetKey(update);
    const outcome = enqueueUpdate(this.queue.get(key), { update, cause: { kind, atMs: this.nowMs } }, this.nowMs);
    this.queue.set(key, outcome.entry);
    return outcome;
  }

  /** What is under way is not asked about again. */
  decide(): readonly WaitingEntry[] {
    const busy = new Set(this.#flights.map(({ source }) => source));
    const entries = [...this.queue].map(([key, entry]) => ({ key, entry }));
    return decideQueue(
      entries.filter(({ entry }) => !busy.has(entry.update.source)),
      this.circumstances(),
    );
  }

  circumstances(): Circumstances {
    const { throttles, cooldownMs } = this.#settings;
    const domains = [...throttles.keys()];
    return {
      nowMs: this.nowMs,
      timeZone: "UTC",
      throttles,
      counted: new Map(domains.map((domain) => [domain, this.delivered.filter((one) => one.domain === domain)])),
      reserved: new Map(domains.map((domain) => [domain, this.reserved(domain)])),
      cooldownUntil: new Map([...this.deliveredAtMs].map(([source, atMs]) => [source, atMs + cooldownMs])),
    };
  }

  reserved(domain: string): number {
    return this.#flights
      .flatMap(({ entries }) => entries)
      .reduce((sum, { entry }) => sum + imagesOf(entry.update, domain), 0);
  }

  /** Takes off with what is ready of the source that is first in the queue. */
  start(): Flight | undefined {
    const ready = this.decide().filter(({ wait }) => wait.kind === "ready");
    const source = ready[0]?.entry.update.source;
    if (source === undefined) return undefined;
    const flight = { source, entries: ready.filter(({ entry }) => entry.update.source === source) };
    this.#flights = [...this.#flights, flight];
    return flight;
  }

  succeed(): void {
    const flight = this.#land();
    if (flight === undefined) return;
    for (const { key, entry } of flight.entries) {
      for (const { id, domain } of entry.update.members)
        this.delivered.push({ id: `${key} ${id}`, atMs: this.nowMs, count: 1, domain, source: flight.source });
      const present = this.queue.get(key);
      if (present !== undefined && compareUpdates(entry.update, present.update) !== "newer") this.queue.delete(key);
    }
    this.deliveredAtMs.set(flight.source, this.nowMs);
  }

  fail(random01: number): void {
    for (const { key, entry } of this.#land()?.entries ?? []) {
      const present = this.queue.get(key);
      if (present === undefined || compareUpdates(entry.update, present.update) === "newer") continue;
      const attempts = present.attempts + 1;
      if (attempts >= attemptLimit) this.queue.delete(key);
      else this.queue.set(key, { ...present, attempts, notBeforeMs: this.nowMs + backOffMs(attempts, random01) });
    }
  }

  /** What was under way is lost; the queue is read from the disk. */
  restart(): void {
    this.#flights = [];
    for (const [key, entry] of this.queue)
      this.queue.set(key, queueEntrySchema.parse(JSON.parse(JSON.stringify(entry))));
  }

  #land(): Flight | undefined {
    const [first, ...others] = this.#flights;
    this.#flights = others;
    return first;
  }
}

export function imagesOf(update: Update, domain: string): number {
  return update.members.filter((member) => member.domain === domain).length;
}
