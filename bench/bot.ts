import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openTestBot } from "../test/discord/open-test-bot.ts";
import { fakeContainer, fakeHost } from "../test/fixtures/fake-host.ts";
import { type DiscordServer, discordServer } from "../test/parties/discord-server.ts";
import { emptyFolder, talosProgram } from "./contestants.ts";
import { residentMegabytes } from "./process-figures.ts";

const containerCount = 500;
const letters = 200;
const idleSeconds = 15;

/** What the bot costs. */
export interface BotCost {
  /** From a letter that is typed to what is offered for it, on the way through Discord's stand-in and back. */
  readonly completion: { readonly median: number; readonly percentile95: number; readonly largest: number };
  readonly memoryMegabytes: { readonly without: number; readonly with: number };
}

export async function measureBot(): Promise<BotCost> {
  await using discord = await discordServer();
  const completion = await measureCompletion(discord);
  const without = await measureIdle({});
  const { token, restUrl, place } = discord;
  const settings = { BotToken: token, GuildId: place.guildId, ChannelId: place.channel.id, ApiUrl: restUrl };
  return { completion, memoryMegabytes: { without, with: await measureIdle({ DiscordSettings: settings }) } };
}

async function measureCompletion(discord: DiscordServer): Promise<BotCost["completion"]> {
  const containers = Array.from({ length: containerCount }, (_, index) => fakeContainer(`service-${index}-web`));
  await using bot = openTestBot(discord, { hosts: [fakeHost("nas", { containers })] });
  await bot.said("signed in");
  await discord.until("commands", () => discord.commands.length > 0);
  const times: number[] = [];
  for (let index = 0; index < letters; index += 1) {
    const started = performance.now();
    await discord.owner.autocomplete("t image", { host: "nas" }, "container", `service-${index}`);
    times.push(performance.now() - started);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { median: at(0.5), percentile95: at(0.95), largest: at(1) };
}

/** `talos run` with nothing to do. */
async function measureIdle(settings: object): Promise<number> {
  const folder = emptyFolder();
  await writeFile(join(folder, "talos.json"), JSON.stringify(settings));
  const child = spawn(process.execPath, [talosProgram, "run"], { cwd: folder, stdio: "ignore" });
  await delay(idleSeconds * 1000);
  const megabytes = await residentMegabytes(child.pid);
  child.kill("SIGTERM");
  await once(child, "exit");
  await rm(folder, { recursive: true });
  return megabytes;
}
