import { offerCompletions } from "../../operations/offer-completions.ts";
import { mayDo } from "../access.ts";
import { readTyping, type Typing } from "../commands/read-command.ts";
import { toChoices } from "../commands/to-choices.ts";
import type { TypingInteraction } from "./interaction.ts";
import type { Asking, InteractionContext } from "./interaction-context.ts";

/** Later than that, the person has typed on. */
const patienceMs = 2000;

/** Offers what fits what is being typed, from memory; nothing to whoever may not do it. */
export async function answerTyping(
  { data }: TypingInteraction,
  { person, responder }: Asking,
  context: InteractionContext,
): Promise<void> {
  const typing = readTyping(data, context.operations);
  const offered =
    typing !== undefined && mayDo(person, typing.operation.access, context.config.DiscordSettings)
      ? await offer(typing, context)
      : [];
  await responder.offer(toChoices(offered));
}

async function offer(
  { operation, argument, typed, given }: Typing,
  { talos, pause, log }: InteractionContext,
): Promise<readonly string[]> {
  const done = new AbortController();
  try {
    return await Promise.race([
      offerCompletions(operation, argument, typed, given, talos),
      pause(patienceMs, done.signal).then(() => []),
    ]);
  } catch (error) {
    log.warn(`Discord: nothing could be offered for ${operation.name}: ${String(error)}`);
    return [];
  } finally {
    done.abort();
  }
}
