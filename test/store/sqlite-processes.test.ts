import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { temporaryFolder } from "../parties/temporary-folder.ts";
import { storeProcess } from "./store-process.ts";

test("The lease of a killed process is taken at once, and not while it runs.", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "talos.db");
  const store = openSqliteStore(path);
  await using holder = storeProcess(`
    const store = openSqliteStore(${JSON.stringify(path)});
    const lease = await store.takeLease("deliver");
    console.log(lease.fence);
    setInterval(() => {}, 1000);`);
  expect(await holder.line()).toBe("1");
  expect(await store.takeLease("deliver")).toBeUndefined();
  await holder.kill();
  const lease = await store.takeLease("deliver");
  expect(lease?.fence).toBe(2);
  await store.close();
});

test("Processes that append to one log at once lose and double nothing, and one follows the others.", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "talos.db");
  const store = openSqliteStore(path);
  const append = (name: string) => `
    const store = openSqliteStore(${JSON.stringify(path)});
    for (let index = 0; index < 100; index += 1)
      await store.write([{ kind: "append", log: "events", value: ${JSON.stringify(name)} + index, atMs: index }]);
    await store.close();`;
  const writers = ["a", "b"].map((name) => storeProcess(append(name)));
  const followed: unknown[] = [];
  for await (const { position, value } of store.log("events").follow(0, new AbortController().signal)) {
    followed.push(value);
    expect(position).toBe(followed.length);
    if (position === 200) break;
  }
  expect(await Promise.all(writers.map(({ exitCode }) => exitCode))).toEqual([0, 0]);
  for (const name of ["a", "b"])
    expect(followed.filter((value) => String(value).startsWith(name))).toEqual(
      Array.from({ length: 100 }, (_, index) => `${name}${index}`),
    );
  await store.close();
});
