/**
 * A short run in every test run; `TALOS_LONG=1` makes it weeks with several seeds, `TALOS_SOAK_SEED=7` one seed alone.
 * What happens is decided by the seed, so that a run that failed fails again.
 */
import { expect, test } from "vitest";
import { measureStore } from "./measure-store.ts";
import { runSoak, type SoakOptions } from "./run-soak.ts";

const isLong = process.env["TALOS_LONG"] === "1";
const wanted = process.env["TALOS_SOAK_SEED"];
const seeds = wanted === undefined ? (isLong ? [1, 2, 3, 4, 5, 6] : [1]) : [Number(wanted)];
const length = isLong ? { days: 21, references: 220, quietDays: 8 } : { days: 1, references: 60, quietDays: 3 };
const options: Omit<SoakOptions, "seed"> = { ...length, minutesBetween: 6, ...(isLong ? { onDay: report } : {}) };

test.each(seeds)(
  "days of releases, faults, people and restarts end as a simple model says, and nothing forbidden happens on the way: seed %i",
  { timeout: isLong ? 3_600_000 : 120_000 },
  async (seed) => {
    const { complaints } = await runSoak({ ...options, seed });
    expect(complaints, `${isLong ? "TALOS_LONG=1 " : ""}TALOS_SOAK_SEED=${seed} npx vitest run test/soak`).toEqual([]);
  },
);

async function report(...[{ store }, day]: Parameters<NonNullable<SoakOptions["onDay"]>>): Promise<void> {
  if (day % 7 !== 0) return;
  const mebibytes = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
  console.log(`day ${day}: ${mebibytes} MiB of heap, ${await measureStore(store)}`);
}
