import { renderNote } from "../answers/render-note.ts";
import { readCommand } from "../commands/read-command.ts";
import type { CommandInteraction } from "./interaction.ts";
import type { Asking, InteractionContext } from "./interaction-context.ts";
import { isLetIn } from "./is-let-in.ts";
import { runAndAnswer } from "./run-and-answer.ts";

export async function answerCommand(
  { data }: CommandInteraction,
  asking: Asking,
  context: InteractionContext,
): Promise<void> {
  const { responder } = asking;
  const command = readCommand(data, context.operations);
  if (command === undefined) return responder.tell(renderNote("Talos no longer knows this command.", context.now()));
  const { operation, given } = command;
  if (!(await isLetIn(operation.access, asking, context))) return;
  await responder.promise(operation.isPrivate === true ? "private" : "public");
  await runAndAnswer(operation, given, asking, context);
}
