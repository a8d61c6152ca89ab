/**
 * Signs in at Discord: one REST client and one gateway connection, made of the packages that discord.js itself is made of.
 * Its `Client` is left out, because it keeps a copy of the server that nobody here reads, and its builders of that copy
 * throw at what they do not know. RESUME, heartbeats and orders to reconnect are the connection's own work. Two things it
 * does not get over by itself: a token refused once (REST throws it away), and a connection that never comes back.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { SessionInfo, WebSocketManager } from "@discordjs/ws";
import type { GatewayDispatchPayload } from "discord-api-types/v10";
import * as z from "zod/mini";
import { TalosError } from "../../talos-error.ts";
import type { BotSettings } from "../open-bot.ts";
import { openRest, restOptions } from "../rest/open-rest.ts";
import { explainSignInFailure } from "./explain-sign-in-failure.ts";
import { type Session, type SignInFailure, signedOut } from "./session.ts";
import { untilAborted } from "./until-aborted.ts";

export interface SignInSettings extends Omit<BotSettings, "channelId"> {
  /** How long the connection may take to be made, and to be made again. */
  readonly patienceMs: number;
}

/** Discord's number of the only intent. */
const guilds = 1;
/** How long signing out may take. */
const goodbyeMs = 1500;

type Identity = Pick<Session, "applicationId" | "userId">;

/** `onInteraction` gets each as it comes from Discord, and must not throw. */
export async function signIn(
  settings: SignInSettings,
  onInteraction: (interaction: unknown) => void,
  signal: AbortSignal,
): Promise<Session | SignInFailure> {
  const { REST } = await import("@discordjs/rest");
  const { WebSocketManager: Gateway, WebSocketShardEvents: Events } = await import("@discordjs/ws");
  await using parts = new AsyncDisposableStack();
  const settled = new AbortController();
  const client = parts.adopt(new REST({ ...restOptions, api: settings.apiUrl }), (rest) => {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  });
  client.setToken(settings.token.reveal());
  const memory = rememberSession();
  const gateway = parts.adopt(
    new Gateway({ token: settings.token.reveal(), intents: guilds, rest: client, shardCount: 1, ...memory.options }),
    signOut,
  );
  // Over before the gateway is left, which begins anew by itself where it was just being entered.
  parts.use(memory);
  const ready = Promise.withResolvers<Identity>();
  const ended = Promise.withResolvers<SignInFailure>();
  const fail = (error: unknown) => ended.resolve(failed(explainSignInFailure(error)));
  const silence = parts.use(watchSilence(settings.patienceMs, () => fail("the connection does not come back")));
  gateway.on(Events.Error, ({ error }) => fail(error));
  gateway.on(Events.Closed, silence.begin);
  gateway.on(Events.Resumed, silence.end);
  gateway.on(Events.Ready, silence.end);
  gateway.on(Events.Dispatch, ({ data }) => {
    if (isExpelling(data, settings.guildId)) ended.resolve(expelled(settings.guildId));
    else if (data.t === "READY") ready.resolve({ applicationId: data.d.application.id, userId: data.d.user.id });
    else if (data.t === "INTERACTION_CREATE") onInteraction(data.d);
  });
  silence.begin();
  connect(gateway).catch(fail);
  const cancelled = untilAborted(signal, settled.signal).then(() => signedOut);
  const first = await Promise.race([ready.promise, ended.promise, cancelled]);
  settled.abort();
  if ("kind" in first) return first;
  const open = parts.move();
  return {
    kind: "signed-in",
    rest: openRest(client, fail),
    ...first,
    ended: ended.promise,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

const gatewayInformation = z.object({
  url: z.string().check(z.regex(/^wss?:\/\/./)),
  session_start_limit: z.object({ remaining: z.number(), max_concurrency: z.number() }),
});

/** Resolves with the first READY, or never; the events tell of both. */
async function connect(gateway: WebSocketManager): Promise<void> {
  // Kept by the connection, so asked for once. It would stumble, out of reach, over an answer of another form.
  if (!gatewayInformation.safeParse(await gateway.fetchGatewayInformation()).success)
    throw new TalosError("discord-failed", "Discord did not say where its gateway is.", {
      hint: "What answers at DiscordSettings.ApiUrl is not Discord",
    });
  await gateway.connect();
}

function failed(text: string): SignInFailure {
  return { kind: "failed", text };
}

function isExpelling(data: GatewayDispatchPayload, guildId: string): boolean {
  if (data.t === "READY") return !data.d.guilds.some(({ id }) => id === guildId);
  return data.t === "GUILD_DELETE" && data.d.id === guildId && data.d.unavailable !== true;
}

function expelled(guildId: string): SignInFailure {
  const text = `the bot is not in the server ${guildId}; invite it with the scopes bot and applications.commands`;
  return { kind: "failed", text, isExpelled: true };
}

/**
 * Where the gateway connection keeps what it needs to resume. A connection that is destroyed while it is being made
 * begins anew by itself; asked for its memory after the end, it waits for ever instead.
 */
function rememberSession() {
  let known: SessionInfo | null = null;
  let isOver = false;
  const options = {
    retrieveSessionInfo: (): SessionInfo | null | Promise<null> => (isOver ? new Promise(() => undefined) : known),
    updateSessionInfo: (_shard: number, session: SessionInfo | null) => {
      known = session;
    },
  };
  return {
    options,
    [Symbol.dispose]: () => {
      isOver = true;
    },
  };
}

/** Calls `onTooLong` when a silence was not ended in time. */
function watchSilence(patienceMs: number, onTooLong: () => void) {
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const begin = () => {
    timer ??= setTimeout(onTooLong, patienceMs).unref();
  };
  return { begin, end, [Symbol.dispose]: end };
}

async function signOut(gateway: WebSocketManager): Promise<void> {
  const done = new AbortController();
  const late = delay(goodbyeMs, undefined, { signal: done.signal, ref: false }).catch(() => undefined);
  // What cannot be said to Discord needs not be said: it notices by itself.
  const goodbye = Promise.resolve(gateway.destroy({ reason: "Talos signs out" })).catch(() => undefined);
  await Promise.race([goodbye, late]);
  done.abort();
}
