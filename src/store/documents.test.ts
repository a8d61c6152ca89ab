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
