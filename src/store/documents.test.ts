import { expect, test } from "vitest";
import * as z from "zod/mini";
import { openDocuments } from "./documents.ts";
import { createMemoryStore } from "./memory-store.ts";

test("A shared document is parsed once, until it is written again.", async () => {
  const store = createMemoryStore();
  const documents = openDocuments(store, "scan", z.object({ text: z.string() }));
  expect(await documents.getShared("a")).toBe(undefined);
  await store.write([documents.put("a", { text: "one" })]);
  const first = await documents.getShared("a");
  expect(first).toEqual({ key: "a", value: { text: "one" }, version: 1 });
  expect(await documents.getShared("a")).toBe(first);
  await store.write([documents.put("a", { text: "two" })]);
  expect((await documents.getShared("a"))?.value).toEqual({ text: "two" });
  await store.collection("scan").put("a", { text: 3 });
  expect(await documents.getShared("a")).toBe(undefined);
  await store.write([documents.delete("a")]);
  expect(await documents.getShared("a")).toBe(undefined);
});

test("A list is read once, until something is written to the collection.", async () => {
  const store = createMemoryStore();
  const documents = openDocuments(store, "queue", z.object({ text: z.string() }));
  expect(await documents.list("")).toEqual([]);
  await store.write([documents.put("a 1", { text: "one" }), documents.put("b 1", { text: "two" })]);
  const first = await documents.list("");
  expect(first.map(({ key }) => key)).toEqual(["a 1", "b 1"]);
  expect(await documents.list("")).toBe(first);
  expect((await documents.list("a ")).map(({ key }) => key)).toEqual(["a 1"]);
  await store.collection("others").put("a", {});
  expect(await documents.list("")).toBe(first);
  await store.write([documents.delete("b 1")]);
  expect((await documents.list("")).map(({ key }) => key)).toEqual(["a 1"]);
  expect(await documents.list("b ")).toEqual([]);
});

test("A list is read each time where the store has no revisions.", async () => {
  const store = createMemoryStore();
  const documents = openDocuments(
    { ...store, collection: (name) => ({ ...store.collection(name), revision: async () => undefined }) },
    "queue",
    z.object({ text: z.string() }),
  );
  await store.write([documents.put("a", { text: "one" })]);
  const first = await documents.list("");
  expect(await documents.list("")).toEqual(first);
  expect(await documents.list("")).not.toBe(first);
});
