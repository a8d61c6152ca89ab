import { expect, test } from "vitest";
import type { Change, Lease } from "./store.ts";
import type { StoreUnderTest } from "./store-contract.ts";

export function describeWrites(subject: () => StoreUnderTest): void {
  const store = () => subject().store;
  const collection = () => store().collection("queue");
  const put = (key: string, value: unknown, expectedVersion?: number): Change => ({
    kind: "put",
    collection: "queue",
    key,
    value,
    expectedVersion,
  });
  const remove = (key: string, expectedVersion?: number): Change => ({
    kind: "delete",
    collection: "queue",
    key,
    expectedVersion,
  });

  test("All changes of a write are made.", async () => {
    await store().write([put("gone", 1), put("kept", 1)]);
    const outcome = await store().write([
      put("new", [1], 0),
      put("kept", 2, 1),
      remove("gone", 1),
      remove("never-there", 0),
      { kind: "append", log: "events", value: "done", atMs: 1 },
      { kind: "count", window: "pulls", id: "a", atMs: 1, count: 1, keepSeconds: 1 },
    ]);
    expect(outcome).toBe("written");
    expect(await collection().list("")).toEqual([
      { key: "kept", value: 2, version: 2 },
      { key: "new", value: [1], version: 1 },
    ]);
    expect(await store().log("events").read(0, 9)).toHaveLength(1);
    expect(await store().window("pulls").since(0)).toHaveLength(1);
    expect(await store().write([])).toBe("written");
  });

  test.each([
    ["a put", put("a", "late", 7)],
    ["a put of what should not be there", put("a", "late", 0)],
    ["a delete", remove("a", 2)],
    ["a delete of what should be there", remove("b", 1)],
  ])("When %s expects another version, no change of the write is made.", async (_, late) => {
    await collection().put("a", "first");
    const outcome = await store().write([
      put("c", 1),
      put("a", "changed"),
      put("a", "first", 2),
      remove("a"),
      put("a", "again"),
      { kind: "append", log: "events", value: "never", atMs: 1 },
      { kind: "count", window: "pulls", id: "a", atMs: 1, count: 1, keepSeconds: 1 },
      ...(late.kind === "put" && late.expectedVersion === 0 ? [] : [remove("a")]),
      late,
    ]);
    expect(outcome).toBe("conflict");
    expect(await collection().list("")).toEqual([{ key: "a", value: "first", version: 1 }]);
    expect(await store().log("events").read(0, 9)).toEqual([]);
    expect(await store().window("pulls").since(0)).toEqual([]);
  });

  test("Changes of one document in one write see each other.", async () => {
    expect(await store().write([put("a", 1, 0), put("a", 2, 1), put("a", 3, 2)])).toBe("written");
    expect(await collection().get("a")).toEqual({ key: "a", value: 3, version: 3 });
    expect(await store().write([remove("a", 3), put("a", 4, 0)])).toBe("written");
    expect((await collection().get("a"))?.value).toBe(4);
  });

  test("No version of a deleted document is given again when it is created anew.", async () => {
    await store().write([put("a", 1), put("a", 2), put("a", 3)]);
    await collection().delete("a");
    await collection().put("a", "new life", 0);
    const again = await collection().get("a");
    expect(again?.version).toBeGreaterThan(3);
    for (const version of [1, 2, 3]) expect(await collection().put("a", "late", version)).toBe(false);
    expect(await collection().put("a", "next", again?.version)).toBe(true);
  });

  test("A write that is under way when the store is closed is made.", async () => {
    const writing = store().write([put("a", 1)]);
    const closing = store().close();
    expect(await writing).toBe("written");
    await closing;
  });

  test("Ten writers at once, who read, change and write, lose nothing.", async () => {
    await collection().put("list", []);
    const add = async (writer: number): Promise<void> => {
      const read = await collection().get("list");
      const list = Array.isArray(read?.value) ? read.value : [];
      const outcome = await store().write([
        put("list", [...list, writer], read?.version ?? 0),
        { kind: "append", log: "events", value: writer, atMs: 1 },
      ]);
      if (outcome === "conflict") await add(writer);
    };
    await Promise.all(Array.from({ length: 10 }, (_, writer) => add(writer)));
    const list = (await collection().get("list"))?.value;
    const logged = (await store().log("events").read(0, 99)).map(({ value }) => value);
    expect(logged).toEqual(list);
    expect(logged).toHaveLength(10);
    expect(new Set(logged)).toEqual(new Set(Array.from({ length: 10 }, (_, writer) => writer)));
  });
}

export function describeLeases(subject: () => StoreUnderTest): void {
  const store = () => subject().store;
  const write = (lease: Lease | undefined, value: string) =>
    store().write([{ kind: "put", collection: "queue", key: "a", value }], lease);
  const take = async () => {
    const lease = await store().takeLease("deliver");
    if (lease === undefined) throw new Error("held by somebody");
    return lease;
  };

  test("A lease has one holder, until it is given back.", async () => {
    const first = await take();
    expect(await store().takeLease("deliver")).toBeUndefined();
    await using other = await store().takeLease("other");
    expect(other?.name).toBe("other");
    await first[Symbol.asyncDispose]();
    await using second = await take();
    expect(second.fence).toBeGreaterThan(first.fence);
    expect(second.signal.aborted).toBe(false);
  });

  test("Of ten who take a lease at once one gets it.", async () => {
    const taken = await Promise.all(Array.from({ length: 10 }, () => store().takeLease("deliver")));
    expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  test("A write with a lease is made while it is held, and none after.", async () => {
    const first = await take();
    expect(await write(first, "first")).toBe("written");
    await first[Symbol.asyncDispose]();
    expect(await write(first, "late")).toBe("lease-lost");
    const second = await take();
    expect(await write(first, "late")).toBe("lease-lost");
    expect((await store().collection("queue").get("a"))?.value).toBe("first");
    expect(await write(second, "second")).toBe("written");
  });

  test("Giving a lease back twice takes it from nobody.", async () => {
    const first = await take();
    await first[Symbol.asyncDispose]();
    const second = await take();
    await first[Symbol.asyncDispose]();
    expect(await write(second, "second")).toBe("written");
    expect(await store().takeLease("deliver")).toBeUndefined();
  });

  test("Closing the store ends the leases it holds.", async () => {
    const lease = await take();
    await store().close();
    expect(lease.signal.aborted).toBe(true);
    expect(lease.signal.reason).toMatchObject({ code: "lease-lost", retryable: true });
    await lease[Symbol.asyncDispose]();
  });
}
