import type { Answer, Arguments } from "../../client/acting/run-operation.ts";

export interface EachOutcome {
  readonly key: string;
  readonly answer: Answer;
}

/** One after the other, until the signal aborts. Each is named, so that nothing unseen is among them. */
export async function runEach(
  keys: readonly string[],
  run: (values: Arguments) => Promise<Answer>,
  signal: AbortSignal,
  onDone: (outcomes: readonly EachOutcome[]) => void,
): Promise<readonly EachOutcome[]> {
  const outcomes: EachOutcome[] = [];
  for (const key of keys) {
    if (signal.aborted) break;
    outcomes.push({ key, answer: await run({ reference: key }) });
    onDone([...outcomes]);
  }
  return outcomes;
}
