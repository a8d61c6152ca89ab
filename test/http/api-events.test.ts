import fc from "fast-check";
import { expect, test } from "vitest";
import type { TalosEvent } from "../../src/events/event.ts";
import { openEvents } from "../../src/events/events.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import type { Store } from "../../src/store/store.ts";
import { TalosError } from "../../src/talos-error.ts";
import { fakeTalos, infra, nowMs } from "../fixtures/fake-talos.ts";
import { openApi, type TestApi } from "./open-api.ts";
import { type ReadStream, readStream } from "./read-stream.ts";

function eventOf(number: number): TalosEvent {
  return {
    kind: "queued",
    atMs: nowMs + number,
    actor: "talos",
    cause: "policy",
    text: `event ${number}`,
    source: infra,
  };
}

/** A Talos over a store, and another one over the same where it was restarted. */
function serve(store: Store, quietMs?: number): TestApi {
  const talos = Object.assign(fakeTalos(), { events: openEvents(store) });
  return openApi(talos, quietMs === undefined ? {} : { quietMs });
}

async function follow(api: TestApi, headers: Record<string, string> = {}, query = ""): Promise<ReadStream> {
  const response = await api.app.request(`/api/v1/events${query}`, {
    headers: { accept: "text/event-stream", ...headers },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(response.headers.get("x-accel-buffering")).toBe("no");
  const stream = readStream(response);
  // It takes part once it has told where it stands.
  await expect.poll(stream.lastId).toBeDefined();
  return stream;
}

const texts = ({ events }: ReadStream) => events.map(({ data }) => JSON.parse(data).text);

test("events come as they happen, each with its position, in the form of the resource", async () => {
  const store = createMemoryStore();
  await using api = serve(store);
  const events = openEvents(store);
  await events.tell(eventOf(1));
  const stream = await follow(api);
  await events.tell(eventOf(2));
  await expect.poll(() => stream.events.length).toBe(1);
  const [event] = stream.events;
  expect(event).toMatchObject({ id: "2", event: undefined });
  const { body } = await api.get("/events");
  expect(body).toEqual({ events: [expect.objectContaining({ position: 1 }), JSON.parse(event?.data ?? "")] });
});

test("a stream tells what was asked for alone, and goes on behind the rest", async () => {
  const store = createMemoryStore();
  await using api = serve(store, 20);
  const events = openEvents(store);
  const stream = await follow(api, {}, `?source=other&kind=queued`);
  await events.tell(
    eventOf(1),
    { ...eventOf(2), source: "other" },
    { ...eventOf(3), source: "other", kind: "delivered" },
  );
  await expect.poll(() => texts(stream)).toEqual(["event 2"]);
  await expect.poll(stream.lastId).toBe("3");
});

test("a quiet stream says that it is alive", async () => {
  await using api = serve(createMemoryStore(), 5);
  const response = await api.app.request("/api/v1/events", { headers: { accept: "text/event-stream" } });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe("retry: 2000\nid: 0\n\n");
  expect((await reader?.read())?.value).toBe("id: 0\n\n");
  await reader?.cancel();
});

test("streams end with the server", async () => {
  await using api = serve(createMemoryStore());
  const streams = [await follow(api), await follow(api)];
  api.ending.abort();
  await Promise.all(streams.map((stream) => stream.ended));
});

test("a log that has begun anew ends the stream, and is told from its beginning to whoever comes back", async () => {
  const store = createMemoryStore();
  await openEvents(store).tell(...Array.from({ length: 5 }, (_, index) => eventOf(index)));
  await using api = serve(store);
  const stream = await follow(api, { "last-event-id": "3" });
  await expect.poll(() => texts(stream)).toEqual(["event 3", "event 4"]);
  const emptied = createMemoryStore();
  await openEvents(emptied).tell(eventOf(10), eventOf(11));
  await using after = serve(emptied);
  expect(stream.lastId()).toBe("5");
  const again = await follow(after, { "last-event-id": "5" });
  await expect.poll(() => texts(again)).toEqual(["event 10", "event 11"]);
});

test("what cannot be read, and a store that is away, are waited for in peace", async () => {
  const store = createMemoryStore();
  const events = openEvents(store);
  await events.tell(eventOf(1));
  // As a newer Talos may write it.
  await store.write([{ kind: "append", log: "events", value: { kind: "unheard of" }, atMs: nowMs }]);
  let reads = 0;
  let isAway = false;
  const counted = {
    ...events,
    async read(after: number, limit: number) {
      reads += 1;
      if (isAway) throw new TalosError("store-unreachable", "the store is away", { retryable: true });
      return events.read(after, limit);
    },
  };
  await using api = openApi(Object.assign(fakeTalos(), { events: counted }), { quietMs: 5 });
  const stream = await follow(api, { "last-event-id": "1" });
  await expect.poll(stream.chunks).toBeGreaterThan(10);
  expect(reads).toBeLessThan(stream.chunks() + 10);
  isAway = true;
  const late = await follow(api, { "last-event-id": "0" });
  isAway = false;
  await events.tell(eventOf(2));
  await expect.poll(() => texts(stream), { timeout: 5000 }).toEqual(["event 2"]);
  await expect.poll(() => texts(late), { timeout: 5000 }).toEqual(["event 1", "event 2"]);
}, 15_000);

test.each(["x", "-1", "1.5", "9999999999999999999"])("the Last-Event-ID %s is refused", async (id) => {
  await using api = serve(createMemoryStore());
  const { status, body } = await api.get("/events", { accept: "text/event-stream", "last-event-id": id });
  expect({ status, body }).toMatchObject({ status: 400, body: { code: "usage" } });
});

test("two hundred streams follow the log as one, and leave nothing behind", async () => {
  const store = createMemoryStore();
  const events = openEvents(store);
  let followers = 0;
  let reads = 0;
  const counted = {
    ...events,
    read: (after: number, limit: number) => {
      reads += 1;
      return events.read(after, limit);
    },
    async *follow(after: number, signal: AbortSignal) {
      followers += 1;
      try {
        yield* events.follow(after, signal);
      } finally {
        followers -= 1;
      }
    },
  };
  await using api = openApi(Object.assign(fakeTalos(), { events: counted }));
  const streams = await Promise.all(Array.from({ length: 200 }, () => follow(api)));
  expect(followers).toBe(1);
  for (let number = 0; number < 20; number++) await events.tell(eventOf(number));
  await expect.poll(() => streams.every((stream) => stream.events.length === 20)).toBe(true);
  expect(reads).toBe(0);
  await Promise.all(streams.map((stream) => stream.cancel()));
  await expect.poll(() => followers).toBe(0);
});

test("who reads slowly has nothing piled up, and misses nothing", async () => {
  const store = createMemoryStore();
  const events = openEvents(store);
  let reads = 0;
  const counted = {
    ...events,
    read: (after: number, limit: number) => {
      reads += 1;
      return events.read(after, limit);
    },
  };
  await using api = openApi(Object.assign(fakeTalos(), { events: counted }));
  const response = await api.app.request("/api/v1/events?after=0", { headers: { accept: "text/event-stream" } });
  const quick = await follow(api);
  for (let start = 0; start < 5000; start += 500)
    await events.tell(...Array.from({ length: 500 }, (_, index) => eventOf(start + index)));
  await expect.poll(() => quick.events.length, { timeout: 10_000 }).toBe(5000);
  // Nothing was made for it while it did not read.
  expect(reads).toBe(0);
  const slow = readStream(response);
  await expect.poll(() => slow.events.length, { timeout: 10_000 }).toBe(5000);
  expect(texts(slow)).toEqual(texts(quick));
});

/** What happens to a client, and around it. */
const act = fc.oneof(
  fc.record({ kind: fc.constant("happen" as const), count: fc.integer({ min: 1, max: 700 }) }),
  fc.record({ kind: fc.constant("lose" as const) }),
  fc.record({ kind: fc.constant("restart" as const) }),
  fc.record({ kind: fc.constant("trim" as const), keep: fc.nat({ max: 30 }) }),
);

test("a stream that is begun again where it ended tells everything once, whatever lies between", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      const store = createMemoryStore();
      const events = openEvents(store);
      let api = serve(store);
      let number = 0;
      const received: string[] = [];
      const trimmed = new Set<string>();
      let stream = await follow(api);
      const seen = new Set<ReadStream>();
      const collect = () => {
        if (!seen.has(stream)) received.push(...texts(stream));
        seen.add(stream);
      };
      for (const one of acts) {
        if (one.kind === "happen") {
          for (let count = 0; count < one.count; count++) await events.tell(eventOf((number += 1)));
        } else if (one.kind === "trim") {
          // What is forgotten before it was told cannot be told.
          for (let old = 1; old <= number - one.keep; old++) trimmed.add(`event ${old}`);
          await events.trim(eventOf(number - one.keep + 1).atMs);
        } else {
          await stream.cancel();
          collect();
          const lastId = stream.lastId() ?? "0";
          if (one.kind === "restart") {
            await api[Symbol.asyncDispose]();
            api = serve(store);
          }
          stream = await follow(api, { "last-event-id": lastId });
        }
      }
      const latest = String((await events.latest(1)).at(-1)?.position ?? 0);
      if (Number(latest) > 0 && acts.at(-1)?.kind !== "trim")
        await expect.poll(() => Number(stream.lastId()), { interval: 1 }).toBeGreaterThanOrEqual(Number(latest));
      await stream.cancel();
      collect();
      await api[Symbol.asyncDispose]();
      const all = Array.from({ length: number }, (_, index) => `event ${index + 1}`);
      expect(received).toEqual([...new Set(received)]);
      expect(received).toEqual(all.filter((text) => received.includes(text)));
      if (acts.at(-1)?.kind !== "trim")
        expect(all.filter((text) => !received.includes(text) && !trimmed.has(text))).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 60_000);
