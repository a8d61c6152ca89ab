import { addMessage, type DiscordState, findMessage } from "../state/discord-state.ts";
import type { Interaction } from "../state/interactions.ts";
import { changedBy, describeMessage, type StoredMessage } from "../state/messages.ts";
import { answer, type RestAnswer, refuse } from "./rest-answer.ts";
import { messageBody, type RestCall, uploadsOf } from "./rest-call.ts";
import type { Route } from "./route.ts";

/** Answers to what users did. */
export const interactionRoutes: Readonly<Record<string, Route>> = {
  "POST /interactions/:interaction/:token/callback": acknowledge,
  "GET /webhooks/:application/:token/messages/:message": (state, call) =>
    onAnswer(state, call, (message) => answer(describeMessage(state.place, message))),
  "PATCH /webhooks/:application/:token/messages/:message": (state, call) =>
    onAnswer(state, call, (message) => {
      message.change(changedBy(messageBody(call.body), uploadsOf(call, state.place.newId), message));
      return answer(describeMessage(state.place, message));
    }),
  "DELETE /webhooks/:application/:token/messages/:message": (state, call) =>
    onAnswer(state, call, (message) => {
      message.remove();
      return { status: 204 };
    }),
  "POST /webhooks/:application/:token": followUp,
};

interface Callback {
  readonly type: number;
  readonly data?: { readonly flags?: number; readonly choices?: Interaction["choices"] };
}

function acknowledge(state: DiscordState, call: RestCall): RestAnswer {
  const interaction = state.interactions.byToken(call.ids.token ?? "");
  if (interaction === undefined || interaction.id !== call.ids.interaction) return refuse(10062);
  if (interaction.callback !== undefined) return refuse(40060);
  if (interaction.hasFailed || interaction.isExpired) return refuse(10062);
  const { type, data } = call.body as Callback;
  interaction.callback = type;
  if (type === 8) interaction.choices = data?.choices ?? [];
  if (type === 4 || type === 5)
    interaction.original = addMessage(
      state,
      { channelId: interaction.channelId, onlyFor: isEphemeral(data?.flags) ? interaction.user.id : undefined },
      type === 4 ? messageBody(data) : {},
      uploadsOf(call, state.place.newId),
      type === 5,
    );
  if (type === 6 || type === 7) interaction.original = interaction.source;
  if (type === 7)
    interaction.source?.change(changedBy(messageBody(data), uploadsOf(call, state.place.newId), interaction.source));
  return call.query.get("with_response") === "true" ? answer(describeCallback(state, interaction)) : { status: 204 };
}

function isEphemeral(flags: number | undefined): boolean {
  return ((flags ?? 0) & 64) !== 0;
}

function describeCallback({ place }: DiscordState, interaction: Interaction): object {
  const { original, callback } = interaction;
  return {
    interaction: {
      id: interaction.id,
      type: { command: 2, component: 3, autocomplete: 4 }[interaction.kind],
      channel_id: interaction.channelId,
      response_message_id: original?.id,
      response_message_loading: original?.isLoading ?? false,
      response_message_ephemeral: original?.onlyFor !== undefined,
    },
    resource: { type: callback, ...(original === undefined ? {} : { message: describeMessage(place, original) }) },
  };
}

function withInteraction(
  state: DiscordState,
  call: RestCall,
  act: (interaction: Interaction) => RestAnswer,
): RestAnswer {
  const interaction = state.interactions.byToken(call.ids.token ?? "");
  if (interaction === undefined || interaction.isExpired) return refuse(50027);
  return interaction.callback === undefined ? refuse(10015) : act(interaction);
}

function onAnswer(state: DiscordState, call: RestCall, act: (message: StoredMessage) => RestAnswer): RestAnswer {
  return withInteraction(state, call, (interaction) => {
    const { original, followUps } = interaction;
    const wanted = call.ids.message === "@original" ? original?.id : call.ids.message;
    const message = [original, ...followUps].find((each) => each !== undefined && each.id === wanted);
    return message === undefined || message.isDeleted ? refuse(10008) : act(message);
  });
}

/** The first one after "is thinking" takes its place. */
function followUp(state: DiscordState, call: RestCall): RestAnswer {
  return withInteraction(state, call, (interaction) => {
    const body = messageBody(call.body);
    const uploads = uploadsOf(call, state.place.newId);
    const loading = findMessage(state, interaction.original?.id);
    if (loading?.isLoading === true) {
      loading.change(changedBy(body, uploads, loading));
      return answer(describeMessage(state.place, loading));
    }
    const onlyFor = isEphemeral(body.flags) ? interaction.user.id : undefined;
    const message = addMessage(state, { channelId: interaction.channelId, onlyFor }, body, uploads);
    interaction.followUps.push(message);
    return answer(describeMessage(state.place, message));
  });
}
