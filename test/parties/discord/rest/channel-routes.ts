import { describeChannel } from "../state/describe-place.ts";
import { addMessage, type DiscordState, findMessage } from "../state/discord-state.ts";
import { changedBy, describeMessage } from "../state/messages.ts";
import type { Channel } from "../state/place.ts";
import { answer, type RestAnswer, refuse } from "./rest-answer.ts";
import { messageBody, type RestCall, uploadsOf } from "./rest-call.ts";
import type { Route } from "./route.ts";

/** Channels, threads and their messages. */
export const channelRoutes: Readonly<Record<string, Route>> = {
  "GET /channels/:channel": (state, call) =>
    inChannel(state, call, (channel) => answer(describeChannel(state.place, channel))),
  "PATCH /channels/:channel": change,
  "POST /channels/:channel/messages": post,
  "GET /channels/:channel/messages": list,
  "GET /channels/:channel/messages/:message": (state, call) =>
    onMessage(state, call, (message) => answer(describeMessage(state.place, message))),
  "PATCH /channels/:channel/messages/:message": edit,
  "DELETE /channels/:channel/messages/:message": (state, call) =>
    onMessage(state, call, (message) => {
      message.remove();
      return { status: 204 };
    }),
};

function inChannel(
  { place }: DiscordState,
  call: RestCall,
  act: (channel: Channel) => RestAnswer,
  isWriting = false,
): RestAnswer {
  const channel = place.channels.get(call.ids.channel ?? "");
  if (channel === undefined) return refuse(10003);
  if (channel.access === "none") return refuse(50001);
  if (isWriting && channel.access === "read") return refuse(50013);
  return act(channel);
}

/** Whoever may write in a thread may open it again. */
function change(state: DiscordState, call: RestCall): RestAnswer {
  return inChannel(
    state,
    call,
    (channel) => {
      const { archived } = call.body as { readonly archived?: boolean };
      channel.isArchived = archived ?? channel.isArchived;
      return answer(describeChannel(state.place, channel));
    },
    true,
  );
}

function post(state: DiscordState, call: RestCall): RestAnswer {
  return inChannel(
    state,
    call,
    (channel) => {
      const body = messageBody(call.body);
      const key = `${channel.id} ${body.nonce}`;
      const known = body.enforce_nonce === true ? state.nonces.get(key) : undefined;
      if (known !== undefined && !known.isDeleted) return answer(describeMessage(state.place, known));
      channel.isArchived = false;
      const message = addMessage(state, { channelId: channel.id }, body, uploadsOf(call, state.place.newId));
      if (body.nonce !== undefined) state.nonces.set(key, message);
      return answer(describeMessage(state.place, message));
    },
    true,
  );
}

function list(state: DiscordState, call: RestCall): RestAnswer {
  return inChannel(state, call, (channel) => {
    const limit = Number(call.query.get("limit") ?? 50);
    const [before, after] = [call.query.get("before"), call.query.get("after")];
    const shown = state.messages
      .filter((message) => message.channelId === channel.id && !message.isDeleted && message.onlyFor === undefined)
      .filter(
        ({ id }) => (before === null || BigInt(id) < BigInt(before)) && (after === null || BigInt(id) > BigInt(after)),
      )
      .toReversed();
    return { status: 200, body: shown.slice(0, limit).map((message) => describeMessage(state.place, message)) };
  });
}

function onMessage(
  state: DiscordState,
  call: RestCall,
  act: (message: DiscordState["messages"][number], channel: Channel) => RestAnswer,
): RestAnswer {
  return inChannel(state, call, (channel) => {
    const message = findMessage(state, call.ids.message);
    const isThere = message !== undefined && message.channelId === channel.id && message.onlyFor === undefined;
    return isThere ? act(message, channel) : refuse(10008);
  });
}

function edit(state: DiscordState, call: RestCall): RestAnswer {
  return onMessage(state, call, (message, channel) => {
    if (message.author !== state.place.bot) return refuse(50005);
    if (channel.isArchived) return refuse(50083);
    message.change(changedBy(messageBody(call.body), uploadsOf(call, state.place.newId), message));
    return answer(describeMessage(state.place, message));
  });
}
