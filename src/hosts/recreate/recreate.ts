import { TalosError } from "../../talos-error.ts";
import type { Connection } from "../connection.ts";
import { engineSteps } from "./engine-steps.ts";
import { planRecreation, type Recreation } from "./plan-recreation.ts";
import type { RecreationJournal } from "./recreation-journal.ts";
import { type Undone, undoRecreation } from "./undo-recreation.ts";

export interface RecreateHost {
  readonly name: string;
  readonly connection: Connection;
}

export interface Recreated {
  readonly id: string;
  /** What a person should know, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * A new container of the same settings in place of the one with this id, from the image that its reference names now. The
 * old one is kept under another name until the new one runs, and is put back when that fails; from the journal, when
 * Talos is gone by then. Volumes are never removed. Not for the container that Talos itself runs in, which would not live
 * to see it.
 */
export async function recreate(
  host: RecreateHost,
  id: string,
  journal: RecreationJournal,
  signal: AbortSignal,
): Promise<Recreated> {
  const plan = await planRecreation(host, id, signal);
  const fresh = await replace(host, plan, journal, signal);
  try {
    await engineSteps(host, plan.name).remove(id, { isForced: false });
    await journal.end(noteOf(host, plan));
    return { id: fresh, notes: plan.notes };
  } catch (error) {
    const note = `The old container stays as ${plan.keptName} until this host is connected to again: ${wordsOf(error)}.`;
    return { id: fresh, notes: [...plan.notes, note] };
  }
}

function noteOf(host: RecreateHost, { id, name, isRunning }: Recreation) {
  return { host: host.name, id, name, isRunning };
}

async function replace(
  host: RecreateHost,
  plan: Recreation,
  journal: RecreationJournal,
  signal: AbortSignal,
): Promise<string> {
  const steps = engineSteps(host, plan.name);
  const note = noteOf(host, plan);
  let fresh: string | undefined;
  let wasStopped = false;
  await journal.write(note);
  try {
    fresh = await steps.create(plan.freshName, plan.body);
    for (const { network, endpoint } of plan.furtherNetworks) await steps.join(network, fresh, endpoint);
    signal.throwIfAborted();
    await journal.write({ ...note, freshId: fresh });
    if (plan.isRunning) {
      wasStopped = true;
      await steps.stop(plan.id, { seconds: plan.stopSeconds, signal });
    }
    await steps.rename(plan.id, plan.keptName);
    await steps.rename(fresh, plan.name);
    if (plan.isRunning) await steps.start(fresh);
    return fresh;
  } catch (error) {
    const undone = await undoRecreation(host, plan, { fresh, wasStopped });
    if (undone.isBack) await journal.end(note);
    throw explain(error, undone, host.name, plan.name);
  }
}

/** Who cancelled knows why, and needs to hear only that it did not end well. */
function explain(error: unknown, { isBack, words }: Undone, host: string, name: string): unknown {
  if (error instanceof TalosError)
    return new TalosError(error.code, `${error.message}; ${words}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      retryable: error.retryable,
      cause: error,
    });
  if (isBack) return error;
  const message = `host ${host} could not recreate ${name}: ${wordsOf(error)}; ${words}`;
  return new TalosError("host-refused", message, { cause: error });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
