import { once } from "node:events";
import { configSchema } from "../../src/config/schema.ts";
import { openBot } from "../../src/discord/open-bot.ts";
import type { Host } from "../../src/hosts/hosts.ts";
import type { Operation } from "../../src/operations/operation.ts";
import { operations as allOperations } from "../../src/operations/operations.ts";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import type { Store } from "../../src/store/store.ts";
import { type FakeTalos, fakeTalos, infra } from "../fixtures/fake-talos.ts";
import type { DiscordServer } from "../parties/discord-server.ts";

export interface TestBot extends AsyncDisposable {
  readonly talos: FakeTalos;
  readonly store: Store;
  /** What it logged, a line each. */
  readonly lines: readonly string[];
  /** Waits until it has logged that text. */
  said(text: string): Promise<void>;
}

export interface TestBotOptions {
  readonly store?: Store;
  readonly operations?: readonly Operation[];
  readonly hosts?: readonly Host[];
  readonly settings?: object;
  readonly now?: () => number;
}

let ids = 0;
const patienceMs = 15_000;

/** The bot in this process, at a stand-in for Discord, with nothing behind it. */
export function openTestBot(discord: DiscordServer, options: TestBotOptions = {}): TestBot {
  const {
    store = createMemoryStore(),
    operations = allOperations,
    hosts = [],
    settings = {},
    now = Date.now,
  } = options;
  const lines: string[] = [];
  const logged = new EventTarget();
  const log = (line: string) => {
    lines.push(line);
    logged.dispatchEvent(new Event("line"));
  };
  const config = configSchema.parse({
    DiscordSettings: {
      BotToken: discord.token,
      GuildId: discord.place.guildId,
      ChannelId: discord.place.channel.id,
      ApiUrl: discord.restUrl,
      ...settings,
    },
  });
  const talos = { ...fakeTalos([infra], { hosts }), config, now };
  const bot = openBot({
    config,
    talos,
    operations,
    store,
    newId: () => `id${++ids}`,
    log: {
      info: (text) => log(text),
      warn: (text) => log(`warning: ${text}`),
      error: (facts, text) => log(`error: ${text} ${JSON.stringify(facts)}`),
    },
  });
  const said = async (text: string) => {
    const late = AbortSignal.timeout(patienceMs);
    while (!lines.some((line) => line.includes(text)))
      await once(logged, "line", { signal: late }).catch(() => {
        throw new Error(`the bot never said: ${text}\n${lines.join("\n")}`);
      });
  };
  return { talos, store, lines, said, [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose]() };
}
