import { listContainers } from "../engine/containers/list-containers.ts";
import type { HostPorts } from "../host-ports.ts";
import { decideMending, type MendingStep } from "./decide-mending.ts";
import { engineSteps } from "./engine-steps.ts";
import type { RecreateHost } from "./recreate.ts";
import type { RecreationJournal, RecreationNote } from "./recreation-journal.ts";

/** What the engine was just at when it was looked at may have come further when it is acted upon. */
const attempts = 3;

/** Puts right what recreations that were cut off have left on a host. What fails is told, and tried again at the next connection. */
export async function mendRecreations(
  host: RecreateHost,
  journal: RecreationJournal,
  log: HostPorts["log"],
  signal: AbortSignal,
): Promise<void> {
  for (const note of await journal.read(host.name)) {
    try {
      const words = await mend(host, note, signal, attempts);
      await journal.end(note);
      if (words !== undefined) log.warn(`host ${host.name}: Talos ended while it recreated ${note.name}: ${words}`);
    } catch (error) {
      if (signal.aborted) return;
      const why = error instanceof Error ? error.message : String(error);
      log.warn(`host ${host.name}: Talos ended while it recreated ${note.name}, which could not be put right: ${why}`);
    }
  }
}

async function mend(
  host: RecreateHost,
  note: RecreationNote,
  signal: AbortSignal,
  left: number,
): Promise<string | undefined> {
  const { steps, words } = decideMending(note, await listContainers(host.name, host.connection, signal));
  try {
    for (const step of steps) await take(host, note, step);
    return words;
  } catch (error) {
    signal.throwIfAborted();
    if (left > 1) return mend(host, note, signal, left - 1);
    throw error;
  }
}

async function take(host: RecreateHost, { name }: RecreationNote, { kind, id }: MendingStep): Promise<void> {
  const steps = engineSteps(host, name);
  if (kind === "remove") await steps.remove(id, { isForced: false });
  else if (kind === "rename") await steps.rename(id, name);
  else {
    await steps.stop(id, {});
    await steps.restart(id);
  }
}
