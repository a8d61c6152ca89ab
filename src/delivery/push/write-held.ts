import { leaseLost } from "../../store/lease-lost.ts";
import type { Change, Lease, Store } from "../../store/store.ts";

/** Writes as the holder of a lease. Throws when the lease was lost: then another process is at work. */
export async function writeHeld(
  store: Store,
  changes: readonly Change[],
  lease: Lease,
): Promise<"written" | "conflict"> {
  const outcome = await store.write(changes, lease);
  if (outcome !== "lease-lost") return outcome;
  throw leaseLost(lease.name);
}

const tries = 20;

/** The same for changes that depend on what is there: they are made anew when somebody else was quicker. */
export async function writeMade(store: Store, make: () => Promise<readonly Change[]>, lease: Lease): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const changes = await make();
    if (changes.length === 0 || (await writeHeld(store, changes, lease)) === "written") return;
  }
  throw new Error(`${lease.name}: others were quicker ${tries} times`);
}
