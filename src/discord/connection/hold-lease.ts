import type { Lease, Store } from "../../store/store.ts";
import { TalosError } from "../../talos-error.ts";
import type { Clock } from "../open-bot.ts";

/** A lease that was given back is taken over within that time; one whose holder died, when it has run out. */
const pollMs = 1000;

/** Runs `work` whenever the lease is held, until the signal aborts. Its signal aborts too when the lease is lost. */
export async function holdLease(
  name: string,
  { store, pause }: { readonly store: Store; readonly pause: Clock["pause"] },
  work: (lease: Lease, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await using lease = await store.takeLease(name);
      if (lease !== undefined) await work(lease, AbortSignal.any([signal, lease.signal]));
    } catch (error) {
      // A store that is away, also when it is given back, is told of by others.
      if (!(error instanceof TalosError)) throw error;
    }
    if (!signal.aborted) await pause(pollMs, signal).catch(() => undefined);
  }
}
