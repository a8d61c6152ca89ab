import type { Operation } from "../../../operations/operation.ts";
import type { InteractionContext } from "../interaction-context.ts";
import type { KeptAnswer } from "./kept-answers.ts";

/** What is said where there is none. */
export const tooOld = "This is too old: Talos no longer knows what it was about. Ask again.";

export interface FoundAnswer {
  readonly kept: KeptAnswer;
  readonly operation: Operation;
}

/** The answer that a button belongs to, as it was kept; undefined: it is not any more. */
export async function findAnswer(
  id: string,
  { answers, operations }: InteractionContext,
): Promise<FoundAnswer | undefined> {
  const kept = await answers.find(id);
  const operation = operations.find(({ name }) => name === kept?.operation);
  return kept === undefined || operation === undefined ? undefined : { kept, operation };
}
