import { expect, test } from "vitest";
import type { Change, LogEntry } from "./store.ts";
import type { StoreUnderTest } from "./store-contract.ts";

export function describeLogs(subject: () => StoreUnderTest): void {
  const log = () => subject().store.log("events");
  const append = async (...values: readonly unknown[]) => {
    const changes = values.map((value): Change => ({ kind: "append", log: "events", value, atMs: 1000 }));
    expect(await subject().store.write(changes)).toBe("written");
  };
  const values = (entries: readonly LogEntry[]) => entries.map(({ value }) => value);

  test("A log that was never written is empty.", async () => {
    expect(await log().read(0, 10)).toEqual([]);
    expect(await log().latest(10)).toEqual([]);
    await log().trim(5000);
  });

  test("Entries have positions from 1, without gaps, whatever happens in other logs.", async () => {
    await append("a", { b: [1] });
    await subject().store.write([{ kind: "append", log: "other", value: "x", atMs: 7 }]);
    await append("ü");
    expect(await log().read(0, 10)).toEqual([
      { position: 1, atMs: 1000, value: "a" },
      { position: 2, atMs: 1000, value: { b: [1] } },
      { position: 3, atMs: 1000, value: "ü" },
    ]);
    expect(await subject().store.log("other").read(0, 10)).toEqual([{ position: 1, atMs: 7, value: "x" }]);
  });

  test("Entries are read after a position, and no more than asked for.", async () => {
    await append(...Array.from({ length: 12 }, (_, index) => index + 1));
    expect(values(await log().read(0, 3))).toEqual([1, 2, 3]);
    expect(values(await log().read(9, 10))).toEqual([10, 11, 12]);
    expect(values(await log().read(12, 10))).toEqual([]);
    expect(values(await log().latest(2))).toEqual([11, 12]);
    expect(values([...(await log().read(0, 0)), ...(await log().latest(0))])).toEqual([]);
    expect(values(await log().latest(100))).toHaveLength(12);
  });

  test("What is trimmed is gone, and its position is never used again.", async () => {
    for (const atMs of [1000, 3000, 2000])
      await subject().store.write([{ kind: "append", log: "events", value: atMs, atMs }]);
    await log().trim(3000);
    expect(await log().read(0, 10)).toEqual([{ position: 2, atMs: 3000, value: 3000 }]);
    await log().trim(4000);
    expect(await log().read(0, 10)).toEqual([]);
    await append("next");
    expect(await log().latest(10)).toEqual([{ position: 4, atMs: 1000, value: "next" }]);
  });

  test("A write that fails leaves no entry and uses no position.", async () => {
    const failing = await subject().store.write([
      { kind: "append", log: "events", value: "never", atMs: 1 },
      { kind: "put", collection: "x", key: "a", value: 1, expectedVersion: 5 },
    ]);
    expect(failing).toBe("conflict");
    await append("first");
    expect(await log().read(0, 10)).toEqual([{ position: 1, atMs: 1000, value: "first" }]);
  });

  test("A follower gets what is there, then what comes, and ends with its signal.", async () => {
    await append("old", "there");
    const ending = new AbortController();
    const seen: unknown[] = [];
    for await (const { position, value } of log().follow(1, ending.signal)) {
      seen.push(value);
      if (position === 2) void append("new");
      if (position === 3) void append("last");
      if (position === 4) ending.abort();
    }
    expect(seen).toEqual(["there", "new", "last"]);
  });

  test("A follower that waits ends when its signal is aborted, and when the store is closed.", async () => {
    const ending = new AbortController();
    const aborted = log().follow(0, ending.signal)[Symbol.asyncIterator]().next();
    const closed = log().follow(0, new AbortController().signal)[Symbol.asyncIterator]().next();
    ending.abort();
    expect(await aborted).toMatchObject({ done: true });
    await subject().store.close();
    expect(await closed).toMatchObject({ done: true });
  });
}

export function describeWindows(subject: () => StoreUnderTest): void {
  const since = (atMs: number) => subject().store.window("pulls").since(atMs);
  const count = (id: string, atMs: number, amount: number, keepSeconds = 10) =>
    subject().store.write([{ kind: "count", window: "pulls", id, atMs, count: amount, keepSeconds }]);

  test("What was counted at a time or later is there, oldest first.", async () => {
    await count("b", 3000, 2);
    await count("a", 2000, 1);
    await count("c", 3000, 0.5);
    const all = [
      { id: "a", atMs: 2000, count: 1 },
      { id: "b", atMs: 3000, count: 2 },
      { id: "c", atMs: 3000, count: 0.5 },
    ];
    expect(await since(0)).toEqual(all);
    expect(await since(2000)).toEqual(all);
    expect(await since(2001)).toEqual(all.slice(1));
    expect(await subject().store.window("other").since(0)).toEqual([]);
  });

  test("The same id again replaces.", async () => {
    await count("a", 1000, 1);
    await count("a", 2000, 5);
    expect(await since(0)).toEqual([{ id: "a", atMs: 2000, count: 5 }]);
  });

  test("What is older than it is kept for is forgotten with the next count.", async () => {
    await count("a", 1000, 1);
    await count("b", 1001, 1);
    await count("c", 11_001, 1);
    expect((await since(0)).map(({ id }) => id)).toEqual(["b", "c"]);
  });
}
