import { TalosError } from "../../talos-error.ts";
import type { Connection } from "../connection.ts";
import type { HostPorts } from "../host-ports.ts";
import { mendRecreations } from "./mend-recreations.ts";
import { type Recreated, recreate } from "./recreate.ts";
import type { RecreationJournal } from "./recreation-journal.ts";

/** The recreations of one host. */
export interface Recreations {
  /** Puts right what an earlier connection, or an earlier Talos, left half done. Never rejects. */
  mend(connection: Connection, signal: AbortSignal): Promise<void>;
  recreate(connection: Connection, id: string, signal: AbortSignal): Promise<Recreated>;
}

/** Nothing is recreated while that is put right, and no container twice at a time. */
export function openRecreations(name: string, journal: RecreationJournal, log: HostPorts["log"]): Recreations {
  const busy = new Set<string>();
  let mending: Promise<void> = Promise.resolve();
  return {
    mend(connection, signal) {
      mending = mending.then(() => mendRecreations({ name, connection }, journal, log, signal));
      return mending;
    },
    async recreate(connection, id, signal) {
      await mending;
      if (busy.has(id))
        throw new TalosError("already-running", `host ${name} is recreating this container already`, {
          hint: "wait until that has ended, or cancel it",
          retryable: true,
        });
      busy.add(id);
      try {
        return await recreate({ name, connection }, id, journal, signal);
      } finally {
        busy.delete(id);
      }
    },
  };
}
