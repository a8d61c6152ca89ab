import { type Answer, firstText, runOperation } from "../../../client/acting/run-operation.ts";
import type { Task } from "./plan-many.ts";

export interface Outcome {
  readonly ok: boolean;
  readonly text: string;
}

/** So many at the same time. */
const atOnce = 4;

/** Runs an operation for each; after the signal aborts no further one is begun. */
export async function runMany(
  operation: string,
  tasks: readonly Task[],
  { signal, onOutcome }: { readonly signal: AbortSignal; readonly onOutcome: (key: string, outcome: Outcome) => void },
): Promise<void> {
  const waiting = [...tasks];
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined && !signal.aborted; task = waiting.shift())
      onOutcome(task.key, toOutcome(await runOperation(operation, task.values)));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

function toOutcome(answer: Answer): Outcome {
  return { ok: answer.ok, text: firstText(answer) };
}
