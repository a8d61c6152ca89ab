/**
 * The bot: it signs in at Discord, offers every operation as a command, answers clicks, and tells of events in channels.
 * Of several Talos on one store only one is the bot, because Discord gives each that is signed in every click: it holds the
 * lease `discord`. Whatever Discord does, it never ends the process. What a person wrote, and every text from outside, goes
 * through text/ before Discord sees it; no token may reach a log, also not that of an interaction, which is in its address.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Config } from "../config/schema.ts";
import type { Operation } from "../operations/operation.ts";
import type { Talos } from "../operations/talos.ts";
import type { Lease, Store } from "../store/store.ts";
import { TalosError } from "../talos-error.ts";
import type { Secret } from "../telemetry/secret.ts";
import { beTheBot } from "./connection/be-the-bot.ts";
import { holdLease } from "./connection/hold-lease.ts";

export interface BotPorts {
  readonly config: Config;
  readonly talos: Talos;
  readonly operations: readonly Operation[];
  readonly store: Store;
  readonly newId: () => string;
  readonly log: {
    info(text: string): void;
    warn(text: string): void;
    error(facts: object, text: string): void;
  };
}

export interface Clock {
  readonly now: () => number;
  readonly random: () => number;
  /** Rejects when the signal aborts. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export interface Bot extends AsyncDisposable {
  /** Why it is not signed in; undefined: it is, or another Talos on this store is the bot. */
  problem(): string | undefined;
}

/** Returns at once: it signs in and stays signed in by itself, and ends when it is disposed of. */
export function openBot(ports: BotPorts): Bot {
  const clock: Clock = {
    now: () => ports.talos.now(),
    random: Math.random,
    pause: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
  };
  const settings = readSettings(ports);
  const ending = new AbortController();
  const fault = (error: unknown) => ports.log.error({ error: String(error) }, "Discord: a fault of Talos");
  let problem = settings === undefined ? "DiscordSettings is not complete" : undefined;
  const onState = (told: string | undefined): void => {
    problem = told;
  };
  const running = settings && holdLease("discord", { ...ports, ...clock }, work, ending.signal).catch(fault);
  return {
    problem: () => problem,
    async [Symbol.asyncDispose]() {
      ending.abort();
      await running;
    },
  };

  async function work(lease: Lease, signal: AbortSignal): Promise<void> {
    if (settings === undefined) return;
    onState("the bot has not signed in yet");
    try {
      await beTheBot({ ...ports, ...clock, lease, onState }, settings, signal);
    } catch (error) {
      if (error instanceof TalosError) ports.log.warn(`Discord: the bot begins anew: ${error.message}`);
      else fault(error);
      onState(String(error));
      await clock.pause(beginAnewMs, signal).catch(() => undefined);
    }
    onState(undefined);
  }
}

export interface BotSettings {
  readonly token: Secret;
  readonly apiUrl: string;
  readonly guildId: string;
  readonly channelId: string | undefined;
}

const beginAnewMs = 60_000;

function readSettings({ config, log }: BotPorts): BotSettings | undefined {
  const { BotToken: token, GuildId: guildId, ChannelId: channelId, ApiUrl: apiUrl } = config.DiscordSettings;
  if (token !== undefined && guildId !== undefined) return { token, apiUrl, guildId, channelId };
  log.warn("Discord: not signed in: DiscordSettings needs a BotToken and the GuildId of the bot's server");
  return undefined;
}
