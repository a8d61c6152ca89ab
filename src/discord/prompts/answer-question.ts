import type { Answer } from "../../delivery/decisions/question.ts";
import { targetKey } from "../../delivery/update.ts";
import type { Actor } from "../../operations/operation.ts";
import { type OperationAnswer, runOperation } from "../../operations/run-operation.ts";
import type { Talos } from "../../operations/talos.ts";
import { updateAnswer } from "../../operations/updates/update-answer.ts";
import type { ShownQuestion } from "../board/board.ts";
import { join, md, type Text } from "../text/markdown.ts";
import { describeState } from "./describe-state.ts";

interface AnswerRequest {
  readonly id: string;
  readonly answer: Answer;
  readonly actor: Actor;
  /** As the board knows it; undefined: it does not. */
  readonly shown: ShownQuestion | undefined;
}

/** Answers a question by the operation for it. undefined: it is done; else why nothing was done. */
export async function answerQuestion(
  { id, answer, actor, shown }: AnswerRequest,
  talos: Talos,
  signal: AbortSignal,
): Promise<Text | undefined> {
  const kept = (await talos.delivery.questions()).find(({ question }) => question.id === id);
  if (kept === undefined && shown !== undefined && shown.state.kind !== "open") return describeState(shown.state);
  if (kept === undefined && shown === undefined) return md`This question is not open any more.`;
  const reference = kept?.key ?? (shown === undefined ? id : targetKey(shown));
  const result = await finish(
    runOperation(updateAnswer, { reference, answer, question: id }, { talos, actor, signal }),
  );
  if (result.ok) return undefined;
  return join(
    result.view.flatMap((part) => (part.type === "text" ? part.text : [])),
    "\n",
  );
}

async function finish(run: AsyncGenerator<unknown, OperationAnswer>): Promise<OperationAnswer> {
  for (;;) {
    const step = await run.next();
    if (step.done === true) return step.value;
  }
}
