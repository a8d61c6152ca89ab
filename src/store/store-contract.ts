import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { describeLogs, describeWindows } from "./log-contract.ts";
import type { Store } from "./store.ts";
import { describeLeases, describeWrites } from "./write-contract.ts";

export interface StoreUnderTest {
  readonly store: Store;
  /** For the expiry of cached values. */
  readonly passSeconds: (seconds: number) => void | Promise<void>;
}

/** What every adapter of the store port must do. Each adapter's test calls it with a fresh store. */
export function describeStoreContract(adapter: string, create: () => StoreUnderTest | Promise<StoreUnderTest>): void {
  describe(`${adapter}, as a store:`, () => {
    let subject: StoreUnderTest;
    beforeEach(async () => {
      subject = await create();
    });
    afterEach(() => subject.store.close());

    describeCollections(() => subject);
    describeWrites(() => subject);
    describeLogs(() => subject);
    describeWindows(() => subject);
    describeLeases(() => subject);
    describeCaches(() => subject);
  });
}

function describeCollections(subject: () => StoreUnderTest): void {
  const collection = () => subject().store.collection("verdicts");

  test("A document that was never written is absent.", async () => {
    expect(await collection().get("a")).toBeUndefined();
    expect(await collection().list("")).toEqual([]);
  });

  test("A document comes back as JSON gives it, with its version.", async () => {
    expect(await collection().put("a", { deep: [1, "ü", null, { gone: undefined }] })).toBe(true);
    expect(await collection().get("a")).toEqual({ key: "a", value: { deep: [1, "ü", null, {}] }, version: 1 });
  });

  test("What a reader does to a document stays with the reader.", async () => {
    const value = { tags: ["1"] };
    await collection().put("a", value);
    value.tags.push("2");
    expect((await collection().get("a"))?.value).toEqual({ tags: ["1"] });
  });

  test("Every write counts the version up by one.", async () => {
    for (const value of ["x", "y", "z"]) await collection().put("a", value);
    expect(await collection().get("a")).toEqual({ key: "a", value: "z", version: 3 });
  });

  test("A document that still has the version that is known is not read again.", async () => {
    expect(await collection().getUnless(1, "a")).toBeUndefined();
    await collection().put("a", "x");
    expect(await collection().getUnless(1, "a")).toBe("same");
    expect(await collection().getUnless(0, "a")).toEqual({ key: "a", value: "x", version: 1 });
    expect(await collection().getUnless(11, "a")).toEqual({ key: "a", value: "x", version: 1 });
    await collection().put("a", "y");
    expect(await collection().getUnless(1, "a")).toEqual({ key: "a", value: "y", version: 2 });
    await collection().delete("a");
    expect(await collection().getUnless(2, "a")).toBeUndefined();
    await collection().put("a", null);
    const again = await collection().get("a");
    expect(await collection().getUnless(2, "a")).toEqual(again);
    expect(await collection().getUnless(again?.version ?? 0, "a")).toBe("same");
  });

  test("A write with the expected version succeeds, with any other it changes nothing.", async () => {
    expect(await collection().put("a", "first", 0)).toBe(true);
    expect(await collection().put("a", "second", 0)).toBe(false);
    expect(await collection().put("a", "second", 1)).toBe(true);
    expect(await collection().put("a", "late", 1)).toBe(false);
    expect(await collection().put("b", "absent", 1)).toBe(false);
    expect(await collection().get("a")).toEqual({ key: "a", value: "second", version: 2 });
    expect(await collection().get("b")).toBeUndefined();
  });

  test("Of writers that expect the same version exactly one wins.", async () => {
    await collection().put("a", 0);
    const results = await Promise.all([1, 2, 3, 4, 5].map((value) => collection().put("a", value, 1)));
    expect(results.filter((won) => won)).toHaveLength(1);
  });

  test("Many documents are written at once, over whatever is there.", async () => {
    await collection().put("a", 1);
    await collection().putAll([
      { key: "a", value: 2 },
      { key: "b", value: [3] },
    ]);
    expect(await collection().get("a")).toEqual({ key: "a", value: 2, version: 2 });
    expect(await collection().get("b")).toEqual({ key: "b", value: [3], version: 1 });
  });

  test("A deleted document is absent, and can be created again.", async () => {
    await collection().put("a", 1);
    await collection().delete("a");
    await collection().delete("never-there");
    expect(await collection().get("a")).toBeUndefined();
    expect(await collection().put("a", 2, 0)).toBe(true);
  });

  test("A list holds the documents with the prefix, in the order of their keys.", async () => {
    for (const key of ["b/2", "a%", "b/10", "b_", "ü", "b/", "c", "B/1", "𝛼", "\uffee"])
      await collection().put(key, key);
    const keys = async (prefix: string) => (await collection().list(prefix)).map((document) => document.key);
    expect(await keys("b/")).toEqual(["b/", "b/10", "b/2"]);
    expect(await keys("a%")).toEqual(["a%"]);
    expect(await keys("")).toEqual(["B/1", "a%", "b/", "b/10", "b/2", "b_", "c", "ü", "\uffee", "𝛼"]);
  });

  test("Every write to a collection gives it another revision, where there are revisions.", async () => {
    const revisions = [await collection().revision()];
    const note = async () => revisions.push(await subject().store.collection("verdicts").revision());
    await collection().put("a", 1);
    await note();
    await collection().put("a", 2, 1);
    await note();
    await collection().putAll([{ key: "b", value: 3 }]);
    await note();
    await collection().delete("a");
    await note();
    if (revisions[0] === undefined) expect(new Set(revisions)).toEqual(new Set([undefined]));
    else expect(new Set(revisions).size).toBe(5);
    const before = await collection().revision();
    await collection().get("b");
    await collection().list("");
    expect(await collection().put("b", 4, 7)).toBe(false);
    await subject().store.collection("others").put("a", 1);
    expect(await collection().revision()).toBe(before);
  });

  test("Collections and caches of different names, or the same, hold nothing in common.", async () => {
    await subject().store.collection("x").put("a", 1);
    await subject().store.cache("x").put("a", 2, 60);
    await subject().store.cache("y").put("a", 3, 60);
    expect((await subject().store.collection("x").get("a"))?.value).toBe(1);
    expect(await subject().store.collection("y").get("a")).toBeUndefined();
    expect(await subject().store.cache("x").get("a")).toBe(2);
    expect(await subject().store.cache("y").get("a")).toBe(3);
  });
}

function describeCaches(subject: () => StoreUnderTest): void {
  const cache = () => subject().store.cache("tags");

  test("A cached value is there at once, and until it expires.", async () => {
    const written = cache().put("a", { tags: ["1"] }, 60);
    expect(await cache().get("a")).toEqual({ tags: ["1"] });
    await written;
    expect(await cache().get("a")).toEqual({ tags: ["1"] });
    await subject().passSeconds(59);
    expect(await cache().get("a")).toEqual({ tags: ["1"] });
    await subject().passSeconds(1);
    expect(await cache().get("a")).toBeUndefined();
  });

  test("A value that is put again replaces the older one and lives anew.", async () => {
    await cache().put("a", 1, 60);
    await subject().passSeconds(50);
    await cache().put("a", 2, 60);
    await subject().passSeconds(50);
    expect(await cache().get("a")).toBe(2);
  });

  test("A value without a life is not kept.", async () => {
    await cache().put("a", 1, 0);
    expect(await cache().get("a")).toBeUndefined();
  });

  test("A thousand entries put together are all there.", async () => {
    await Promise.all(Array.from({ length: 1000 }, (_, index) => cache().put(`key-${index}`, index, 60)));
    const values = await Promise.all(Array.from({ length: 1000 }, (_, index) => cache().get(`key-${index}`)));
    expect(values).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  });
}
