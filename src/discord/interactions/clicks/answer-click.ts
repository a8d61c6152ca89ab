import { renderAnswer } from "../../answers/render-answer.ts";
import { renderNote } from "../../answers/render-note.ts";
import { parseCustomId } from "../../custom-id.ts";
import { type Acknowledgement, acknowledgementOf } from "../../prompts/acknowledgement.ts";
import { answerPromptClick } from "../../prompts/answer-prompt-click.ts";
import type { ClickInteraction } from "../interaction.ts";
import type { Asking, InteractionContext } from "../interaction-context.ts";
import { isLetIn } from "../is-let-in.ts";
import { findAnswer, tooOld } from "./find-answer.ts";
import { makeChoice } from "./make-choice.ts";

export async function answerClick(
  { data, message }: ClickInteraction,
  asking: Asking,
  context: InteractionContext,
): Promise<void> {
  const acknowledgement = acknowledgementOf(data.custom_id);
  if (acknowledgement !== undefined)
    return answerPrompt(data, isPrivate(message) ? acknowledgement : inPublic(acknowledgement), asking, context);
  const press = parseCustomId(data.custom_id);
  switch (press?.kind) {
    case "cancel":
      return cancel(press.runId, asking, context);
    case "page":
      return turnPage(press, asking, context);
    case "choice":
      return makeChoice(press, asking, context);
    case "choose":
      return makeChoice({ answerId: press.answerId, index: Number(data.values[0] ?? Number.NaN) }, asking, context);
    case "answer":
    case "choose-questions":
    case "answer-chosen":
    case undefined:
      return asking.responder.tell(renderNote(tooOld, context.now()));
  }
}

const privateFlag = 64;

function isPrivate({ flags }: ClickInteraction["message"]): boolean {
  return ((flags ?? 0) & privateFlag) !== 0;
}

/** Whatever custom id is forged: what everybody sees is not replaced by what one person is told. */
function inPublic(acknowledgement: Acknowledgement): Acknowledgement {
  return acknowledgement === "replace" ? "reply" : acknowledgement;
}

async function answerPrompt(
  { custom_id: customId, values }: ClickInteraction["data"],
  acknowledgement: Acknowledgement,
  asking: Asking,
  context: InteractionContext,
): Promise<void> {
  if (!(await isLetIn("operate", asking, context))) return;
  const { person, responder } = asking;
  await (acknowledgement === "reply" ? responder.promise("private") : responder.promiseUpdate());
  const told = await answerPromptClick({ customId, values, actor: person.actor }, context, context.ending);
  if (told === undefined) return;
  await (acknowledgement === "update" ? responder.tell(told) : responder.edit(told));
}

/** Whoever started it may always end it. */
async function cancel(id: string, asking: Asking, context: InteractionContext): Promise<void> {
  const { person, responder } = asking;
  const run = context.runs.find(id);
  if (run === undefined) return responder.tell(renderNote("It is no longer running.", context.now()));
  const { operation, userId } = run;
  if (person.userId !== userId && !(await isLetIn(operation.access, asking, context))) return;
  await responder.promiseUpdate();
  run.cancel();
}

async function turnPage(
  { answerId: id, page }: { readonly answerId: string; readonly page: number },
  asking: Asking,
  context: InteractionContext,
): Promise<void> {
  const { responder } = asking;
  const found = await findAnswer(id, context);
  if (found === undefined) return responder.tell(renderNote(tooOld, context.now()));
  const { kept, operation } = found;
  if (!(await isLetIn(operation.access, asking, context))) return;
  await responder.replace(renderAnswer({ ...kept, operation, id }, page));
}
