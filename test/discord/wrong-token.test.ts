import { expect, test } from "vitest";
import { discordServer } from "../parties/discord-server.ts";
import { openTestBot } from "./open-test-bot.ts";

const advice =
  "warning: Discord: not signed in: Discord does not accept the bot's token; copy it again from the developer portal into DiscordSettings.BotToken";

test("A token is refused in one wording and told once, wherever Discord notices it.", async () => {
  await using discord = await discordServer();
  const { token } = discord;
  discord.token = "another";
  await using bot = openTestBot(discord, { settings: { BotToken: token } });
  await bot.said("not signed in");
  discord.gateway.refuseWith(4004);
  discord.token = token;
  await discord.until("a refusal by the gateway", () => discord.gateway.refusals.length > 0);
  discord.gateway.refuseWith(undefined);
  await bot.said("Discord: signed in");
  expect(bot.lines).toEqual([advice, "Discord: signed in"]);
});

test("A token that is refused later is told once, and what was to be told waits for the right one.", async () => {
  await using discord = await discordServer();
  await using bot = openTestBot(discord);
  await bot.said("the commands were registered");
  const { token } = discord;
  discord.token = "another";
  bot.talos.happen({ kind: "scan-failed", source: "github.com/me/infra", text: "github.com/me/infra cannot be read" });
  await bot.said("not signed in");
  discord.token = token;
  await discord.message("cannot be read");
  expect(bot.lines.filter((line) => line.startsWith("warning"))).toEqual([advice]);
});

test("A token that is refused when the commands are registered is told once.", async () => {
  await using discord = await discordServer();
  discord.restFaults.add({ route: "PUT /applications", kind: { answer: 401 } });
  await using bot = openTestBot(discord);
  await bot.said("the commands were registered");
  expect(bot.lines.filter((line) => line.startsWith("warning"))).toEqual([advice]);
});
