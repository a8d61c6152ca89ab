import type { Progress } from "../../../operations/operation.ts";
import type { OperationAnswer } from "../../../operations/run-operation.ts";
import { createWaker } from "../events/waker.ts";

/** So many parts wait for a slow reader; then the operation waits too. What only reads has parts, nothing else. */
const mostWaiting = 500;

type Outcome =
  | { readonly kind: "answer"; readonly answer: OperationAnswer }
  | { readonly kind: "fault"; readonly error: unknown };

/**
 * What an operation tells, as fast as it is read; `undefined` where nothing was told for a while. The operation does not
 * wait for who reads slowly: of how far it is only the latest line is kept.
 */
export async function* relayProgress(
  steps: AsyncGenerator<Progress, OperationAnswer>,
  quietMs: number,
): AsyncGenerator<readonly Progress[] | undefined, OperationAnswer> {
  const told = createWaker();
  const taken = createWaker();
  let waiting: readonly Progress[] = [];
  let outcome: Outcome | undefined;
  let isLeft = false;
  const pump = async () => {
    try {
      for (;;) {
        const step = await steps.next();
        if (step.done === true) return { kind: "answer", answer: step.value } as const;
        waiting = addProgress(waiting, step.value);
        told.wake();
        while (waiting.length >= mostWaiting && !isLeft) await taken.wait(quietMs);
      }
    } catch (error) {
      return { kind: "fault", error } as const;
    }
  };
  void pump().then((ended) => {
    outcome = ended;
    told.wake();
  });
  try {
    for (;;) {
      const batch = waiting;
      waiting = [];
      taken.wake();
      if (batch.length > 0) yield batch;
      else if (outcome?.kind === "fault") throw outcome.error;
      else if (outcome !== undefined) return outcome.answer;
      else if (!(await told.wait(quietMs)) && waiting.length === 0) yield undefined;
    }
  } finally {
    isLeft = true;
    taken.wake();
  }
}

function addProgress(waiting: readonly Progress[], next: Progress): readonly Progress[] {
  const isNewer = next.kind === "status" && waiting.at(-1)?.kind === "status";
  return isNewer ? [...waiting.slice(0, -1), next] : [...waiting, next];
}
