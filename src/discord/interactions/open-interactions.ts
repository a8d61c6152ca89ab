/**
 * What people do in Discord: commands, typing, clicks. Each is acknowledged before any work, as Discord wants a sign within
 * three seconds. A fault in one is told and logged, and ends nothing else. Only our server is answered, and only who may.
 */
import { TalosError } from "../../talos-error.ts";
import { renderNote } from "../answers/render-note.ts";
import type { BotPorts, Clock } from "../open-bot.ts";
import type { DiscordApi } from "../rest/discord-api.ts";
import type { DiscordRest } from "../rest/discord-rest.ts";
import { answerCommand } from "./answer-command.ts";
import { answerTyping } from "./answer-typing.ts";
import { answerClick } from "./clicks/answer-click.ts";
import { openKeptAnswers } from "./clicks/kept-answers.ts";
import { type Interaction, interactionSchema } from "./interaction.ts";
import type { Asking, InteractionContext } from "./interaction-context.ts";
import { personOf } from "./person.ts";
import { openResponder, type Responder } from "./responder.ts";
import { createRuns } from "./runs.ts";

export interface InteractionPorts extends BotPorts, Clock {
  readonly guildId: string;
  readonly rest: DiscordRest;
  /** Waits for the bot to be signed in, as long as its deadline is. */
  readonly patientRest: DiscordRest;
  readonly api: DiscordApi;
}

/** Disposing of it cancels what is running, and says so where that can be done quickly. */
export interface Interactions extends AsyncDisposable {
  /** Never throws. */
  readonly receive: (interaction: unknown) => void;
}

const goodbyeMs = 2000;

export function openInteractions(ports: InteractionPorts): Interactions {
  const { store, newId } = ports;
  const ending = new AbortController();
  const context = {
    ...ports,
    runs: createRuns(newId),
    answers: openKeptAnswers(store.cache("discord")),
    ending: ending.signal,
  };
  const underWay = new Set<Promise<void>>();
  return {
    receive(raw) {
      const parsed = interactionSchema.safeParse(raw);
      if (!parsed.success) return ports.log.warn("Discord: an interaction of an unknown form was passed over");
      if (ending.signal.aborted) return;
      const answered = answer(parsed.data, context).finally(() => underWay.delete(answered));
      underWay.add(answered);
    },
    async [Symbol.asyncDispose]() {
      ending.abort();
      context.runs.cancelAll();
      const late = new AbortController();
      await Promise.race([Promise.all(underWay), ports.pause(goodbyeMs, late.signal).catch(() => undefined)]);
      late.abort();
    },
  };
}

async function answer(interaction: Interaction, context: InteractionContext): Promise<void> {
  const responder = openResponder(interaction, context);
  try {
    const person = personOf(interaction);
    if (person === undefined || interaction.guild_id !== context.guildId)
      await refuseStrangers(interaction, responder, context);
    else await answerPerson(interaction, { person, responder }, context);
  } catch (error) {
    await tellFailure(error, interaction, responder, context);
  }
}

function refuseStrangers(interaction: Interaction, responder: Responder, { now }: InteractionContext): Promise<void> {
  if (interaction.type === 4) return responder.offer([]);
  return responder.tell(renderNote("This Talos answers in the server it was set up for, and nowhere else.", now()));
}

function answerPerson(interaction: Interaction, asking: Asking, context: InteractionContext): Promise<void> {
  switch (interaction.type) {
    case 2:
      return answerCommand(interaction, asking, context);
    case 3:
      return answerClick(interaction, asking, context);
    case 4:
      return answerTyping(interaction, asking, context);
  }
}

/** What failed is logged; who asked is told where Discord lets us. */
async function tellFailure(
  error: unknown,
  { type }: Interaction,
  responder: Responder,
  { log, now }: InteractionContext,
): Promise<void> {
  const isExpected = error instanceof TalosError;
  if (isExpected) log.warn(`Discord: an interaction was not answered: ${error.message}`);
  else log.error({ error: String(error) }, "Discord: an interaction failed by a fault of Talos");
  if (type === 4 || (isExpected && error.code === "discord-failed")) return;
  const text = isExpected ? error.message : "This failed by a fault of Talos; its log tells more.";
  await responder.tell(renderNote(text, now())).catch(() => undefined);
}
