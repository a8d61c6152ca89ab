import { expect, test } from "vitest";
import { createMemoryStore } from "../../src/store/memory-store.ts";
import { discordServer } from "../parties/discord-server.ts";
import { openTestBot, type TestBot } from "./open-test-bot.ts";

const signedInLines = (bot: TestBot) => bot.lines.filter((line) => line === "Discord: signed in").length;

test.concurrent("the bot signs in with the intent Guilds only, and registers its commands once", async () => {
  await using discord = await discordServer();
  const store = createMemoryStore();
  await using first = openTestBot(discord, { store });
  await first.said("the commands were registered");
  expect(discord.gateway.signIns).toEqual([{ kind: "identify", intents: 1 }]);
  expect(discord.count("PUT /applications")).toBe(1);
  await first[Symbol.asyncDispose]();
  expect(discord.gateway.connected).toBe(0);
  await using again = openTestBot(discord, { store });
  await discord.until("a look at the channel", () => discord.count("GET /channels") === 2);
  await again[Symbol.asyncDispose]();
  expect(discord.count("PUT /applications")).toBe(1);
  expect(again.lines).toEqual(["Discord: signed in"]);
});

test.concurrent("a session that Discord declares over is begun anew, and nothing is registered or listened to twice", async () => {
  await using discord = await discordServer();
  await using bot = openTestBot(discord);
  await discord.until("commands", () => discord.commands.length > 0);
  discord.gateway.invalidate(false);
  await discord.until("a second sign-in", () => discord.gateway.signIns.length === 2);
  const answer = await discord.owner.command("t queue");
  await answer.until("nothing waits");
  expect(discord.count("/callback")).toBe(1);
  expect(discord.count("PUT /applications")).toBe(1);
  expect(signedInLines(bot)).toBe(1);
});

test.concurrent.each([
  [4004, "does not accept the bot's token"],
  [4014, "intents are not allowed to it"],
])("a sign-in that Discord refuses with %d is told once, and tried again", async (code, reason) => {
  await using discord = await discordServer();
  discord.gateway.refuseWith(code);
  await using bot = openTestBot(discord);
  await discord.until("three attempts", () => discord.gateway.refusals.length >= 3);
  discord.gateway.refuseWith(undefined);
  await discord.signedIn();
  await bot.said("Discord: signed in");
  expect(bot.lines.filter((line) => line.includes(reason))).toHaveLength(1);
  expect(bot.lines.join()).not.toContain(discord.token);
});

test.concurrent("a token that REST refuses is told, and the right one works after it", async () => {
  await using discord = await discordServer();
  const { token } = discord;
  discord.token = "another";
  await using bot = openTestBot(discord, { settings: { BotToken: token } });
  await bot.said("does not accept the bot's token");
  discord.token = token;
  await discord.signedIn();
  expect(bot.lines.join()).not.toContain(token);
});

test.concurrent("one 401 in between costs a new sign-in, and nothing else", async () => {
  await using discord = await discordServer();
  await using bot = openTestBot(discord);
  await discord.until("commands", () => discord.commands.length > 0);
  discord.restFaults.add({ route: "POST /channels", kind: { answer: 401 } });
  bot.talos.happen({ kind: "scan-failed", source: "github.com/me/infra", text: "github.com/me/infra cannot be read" });
  await discord.until("a new sign-in", () => discord.gateway.signIns.length === 2);
  await discord.message("cannot be read");
});

test.concurrent("a Discord that cannot be reached is told once, and found when it is back", async () => {
  await using discord = await discordServer();
  await discord.goAway();
  await using bot = openTestBot(discord);
  await bot.said("cannot be reached");
  await discord.comeBack();
  await discord.signedIn();
  expect(bot.lines.filter((line) => line.includes("cannot be reached"))).toHaveLength(1);
});

test.concurrent("a server without the bot is told, and nothing is registered there", async () => {
  await using discord = await discordServer();
  await using bot = openTestBot(discord, { settings: { GuildId: "123456789012345678" } });
  await bot.said("the bot is not in the server 123456789012345678");
  expect(bot.lines.join()).not.toContain("Discord: signed in");
  expect(discord.count("PUT /applications")).toBe(0);
});

test.concurrent("a channel that is not there is told, and the commands work all the same", async () => {
  await using discord = await discordServer();
  await using bot = openTestBot(discord, { settings: { ChannelId: "123456789012345678" } });
  await bot.said("Discord did not show the channel 123456789012345678");
  await discord.until("commands", () => discord.commands.length > 0);
  const answer = await discord.owner.command("t queue");
  await answer.until("nothing waits");
});

test.concurrent("commands that cannot be registered are tried again", async () => {
  await using discord = await discordServer();
  discord.restFaults.add({ route: "PUT /applications", kind: { answer: 500 }, times: 5 });
  await using bot = openTestBot(discord);
  await discord.until("commands", () => discord.commands.length > 0);
  expect(bot.lines.filter((line) => line.includes("take the commands"))).toHaveLength(1);
  await bot.said("that is over: Discord did not take the commands");
});

test.concurrent("of two Talos on one store one is the bot, and the other takes over", async () => {
  await using discord = await discordServer();
  const store = createMemoryStore();
  await using first = openTestBot(discord, { store });
  await discord.signedIn();
  await using second = openTestBot(discord, { store });
  await discord.until("commands", () => discord.commands.length > 0);
  expect(second.lines).toEqual([]);
  await first[Symbol.asyncDispose]();
  await discord.until("the second one", () => discord.gateway.signIns.length === 2);
  await discord.signedIn();
  expect(discord.gateway.connected).toBe(1);
});

test.concurrent("a connection that is dropped is resumed without a new sign-in", async () => {
  await using discord = await discordServer();
  await using bot = openTestBot(discord);
  await discord.signedIn();
  discord.gateway.drop();
  await discord.until("a resumed session", () => discord.gateway.signIns.some(({ kind }) => kind === "resume"));
  expect(signedInLines(bot)).toBe(1);
});
