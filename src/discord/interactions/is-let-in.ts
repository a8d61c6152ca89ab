import { type Access, describeRefusal, mayDo } from "../access.ts";
import { renderNote } from "../answers/render-note.ts";
import type { Asking, InteractionContext } from "./interaction-context.ts";

/** Whether they may; who may not is told who may. */
export async function isLetIn(
  access: Access,
  { person, responder }: Asking,
  { config, now }: InteractionContext,
): Promise<boolean> {
  if (mayDo(person, access, config.DiscordSettings)) return true;
  await responder.tell(renderNote(describeRefusal(access, config.DiscordSettings), now(), "failed"));
  return false;
}
