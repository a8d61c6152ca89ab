import { rm } from "node:fs/promises";
import { join } from "node:path";
import { openDeliveryMemory } from "../src/delivery/delivery-memory.ts";
import type { KeyedEntry } from "../src/delivery/queue/decide-queue.ts";
import { decideAll } from "../src/delivery/queue/reserve-room.ts";
import { openSqliteStore } from "../src/store/sqlite-store.ts";
import { emptyFolder } from "./contestants.ts";

const runCount = 9;

/** The median time until it is known what of a long queue in SQLite may go, with everything read and checked. */
export async function measureReserveRoom(entries: readonly KeyedEntry[]): Promise<number> {
  const folder = emptyFolder();
  const store = openSqliteStore(join(folder, "talos.sqlite"), { onNotice: console.log });
  const memory = openDeliveryMemory(store);
  await store.write(entries.map(({ key, entry }) => memory.queue.put(key, entry)));
  const throttles = new Map([["docker.io", { limit: 1000, perSeconds: 3600 }]]);
  const times: number[] = [];
  for (let run = 0; run < runCount; run++) {
    const start = performance.now();
    const decided = await decideAll({ memory, store, throttles, timeZone: "Europe/Berlin", now: Date.now });
    times.push(performance.now() - start);
    if (decided.length !== entries.length) throw new Error("The queue to decide is not what it should be.");
  }
  await store.close();
  await rm(folder, { recursive: true });
  return times.sort((a, b) => a - b)[Math.floor(runCount / 2)] ?? Number.NaN;
}
