import type { Container } from "../container.ts";
import { interimNames } from "./interim-names.ts";
import type { RecreationNote } from "./recreation-journal.ts";

export interface Mending {
  readonly steps: readonly MendingStep[];
  /** What was found and done, to follow "Talos ended while it recreated web: "; undefined: there was nothing to do. */
  readonly words: string | undefined;
}

export type MendingStep =
  | { readonly kind: "remove"; readonly id: string }
  | { readonly kind: "rename"; readonly id: string }
  /** Stopped first, as the engine may still be at it. */
  | { readonly kind: "start"; readonly id: string };

const nothing: Mending = { steps: [], words: undefined };
const changed: Mending = { steps: [], words: "somebody has changed its containers since, and they are left alone" };

/**
 * What puts right a recreation that was cut off anywhere. The new container once started stays, else the old one does. Only
 * the two containers of the note are touched, known by their ids; before the new one's id was noted it is the one that was
 * never started and has the old one's id in its name.
 */
export function decideMending(note: RecreationNote, containers: readonly Container[]): Mending {
  const names = interimNames(note);
  const old = containers.find(({ id }) => id === note.id);
  const fresh = containers.find(({ id, name, state }) =>
    note.freshId === undefined ? name === names.fresh && state === "created" : id === note.freshId,
  );
  if (old === undefined) return nothing;
  const isKept = old.name === names.kept;
  if (fresh !== undefined && fresh.state !== "created")
    return isKept && fresh.name === note.name
      ? { steps: [{ kind: "remove", id: old.id }], words: "the new one runs, and the old one was removed" }
      : changed;
  const isTaken = containers.some(({ id, name }) => name === note.name && id !== old.id && id !== fresh?.id);
  if (isTaken || !(isKept || old.name === note.name)) return changed;
  const isOurs = note.isRunning && note.freshId !== undefined;
  const steps: readonly MendingStep[] = [
    ...(fresh === undefined ? [] : [{ kind: "remove", id: fresh.id } as const]),
    ...(isKept ? [{ kind: "rename", id: old.id } as const] : []),
    ...(isOurs ? [{ kind: "start", id: old.id } as const] : []),
  ];
  return steps.length === 0 ? nothing : { steps, words: `the old one is back${isOurs ? ", and runs" : ""}` };
}
