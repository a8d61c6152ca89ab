import type { ViewPart } from "../../../operations/view.ts";
import type { Choice } from "../../answers/piece.ts";
import { renderAnswer } from "../../answers/render-answer.ts";
import { renderNote } from "../../answers/render-note.ts";
import { usedChoices } from "../../answers/used-choices.ts";
import type { Asking, InteractionContext } from "../interaction-context.ts";
import { isLetIn } from "../is-let-in.ts";
import { runAndAnswer } from "../run-and-answer.ts";
import { type FoundAnswer, findAnswer, tooOld } from "./find-answer.ts";

/** Runs what an answer offered to run next, once: what was chosen, and what is pointless by that, is offered no more. */
export async function makeChoice(
  { answerId: id, index }: { readonly answerId: string; readonly index: number },
  asking: Asking,
  context: InteractionContext,
): Promise<void> {
  const { responder } = asking;
  const found = await findAnswer(id, context);
  const choice = found?.kept.view.filter(isChoice)[index];
  const operation = context.operations.find(({ name }) => name === choice?.operation);
  // What answers in private is only ever asked for by its command: a choice can answer where all see it.
  if (found === undefined || choice === undefined || operation === undefined || operation.isPrivate === true)
    return responder.tell(renderNote(tooOld, context.now()));
  if (!(await isLetIn(operation.access, asking, context))) return;
  const isLook = ({ operation: name }: Choice) =>
    context.operations.find((one) => one.name === name)?.access === "read";
  const isConfirmation = operation.name === found.operation.name && !isLook(choice);
  const { view } = found.kept;
  const used = isConfirmation ? view.filter(isChoice).map((_, place) => place) : usedChoices(view, index, isLook);
  if (used.length === 0) await responder.promise("public");
  else if (!(await useUp(used, { id, index, ...found }, asking, context))) return;
  // What is offered by the operation itself, such as to remove what it has listed, is done in its place.
  if (used.length > 0 && !isConfirmation) responder.answerBeside();
  await runAndAnswer(operation, choice.arguments, asking, context);
}

interface Chosen extends FoundAnswer {
  readonly id: string;
  readonly index: number;
}

/** The message that was clicked on goes on without these choices, which is the acknowledgement. False: they were used before. */
async function useUp(
  used: readonly number[],
  { id, index, operation }: Chosen,
  { responder }: Asking,
  { answers, now }: InteractionContext,
): Promise<boolean> {
  const kept = await answers.use(id, used);
  if (kept === undefined) {
    await responder.tell(renderNote("This was chosen before.", now()));
    return false;
  }
  try {
    await responder.replace(renderAnswer({ ...kept, operation, id }, { ofChoice: index }));
    return true;
  } catch (error) {
    await answers.giveBack(id, used);
    throw error;
  }
}

function isChoice(part: ViewPart): part is Choice {
  return part.type === "choice";
}
