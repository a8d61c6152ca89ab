import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/cli/doctor/finding.ts";
import { type DiscordServer, discordServer } from "../parties/discord-server.ts";
import { talosUser } from "../run-talos.ts";

/** The findings about Discord, and everything that was printed. */
async function diagnose(discord: DiscordServer, settings: object = {}, notifications: object = []) {
  await using user = await talosUser();
  const { place, restUrl, token } = discord;
  const DiscordSettings = {
    BotToken: token,
    GuildId: place.guildId,
    ChannelId: place.channel.id,
    ApiUrl: restUrl,
    ...settings,
  };
  await user.home.write({ "talos.json": JSON.stringify({ DiscordSettings, Notifications: notifications }) });
  const { status, stdout, stderr } = await user.run(["doctor", "--json"]);
  const { findings }: { findings: readonly Finding[] } = JSON.parse(stdout);
  const found = findings.filter(({ name }) => name.startsWith("discord"));
  return { status, printed: stdout + stderr, lines: found.map(({ outcome, text }) => `${outcome}: ${text}`), found };
}

describe("talos doctor, of Discord,", () => {
  test("finds nothing wrong where nothing is, and changes nothing", async () => {
    await using discord = await discordServer();
    const { otherChannel, thread, applicationId } = discord.place;
    const { status, lines, printed } = await diagnose(discord, {}, [
      { ChannelId: otherChannel.id, Kinds: ["Pushed"] },
      { ChannelId: thread.id, Kinds: ["Failed"] },
    ]);
    expect(lines).toEqual([
      `passes: accepts the token of talos, application ${applicationId}`,
      "passes: the bot is in Home, and may offer its commands there",
      "passes: the bot may post in #containers",
      "passes: the bot may post in #pipelines",
      "passes: the bot may post in #updates",
    ]);
    expect(status).toBe(0);
    expect(printed).not.toContain(discord.token);
    expect(discord.requests.filter(({ route }) => !route.startsWith("GET "))).toEqual([]);
  });

  test("tells a wrong token, and shows none", async () => {
    await using discord = await discordServer();
    const { status, found, printed } = await diagnose(discord, { BotToken: "hunter2" });
    expect(found).toMatchObject([
      {
        outcome: "fails",
        text: "Discord did not tell who the bot is: it does not accept the bot's token (401)",
        advice: expect.stringContaining("developer portal"),
      },
    ]);
    expect(status).toBe(1);
    expect(printed).not.toContain("hunter2");
  });

  test("tells how to invite a bot that is not in its server", async () => {
    await using discord = await discordServer();
    const { found } = await diagnose(discord, { GuildId: "1" });
    const link = `https://discord.com/oauth2/authorize?client_id=${discord.place.applicationId}&scope=bot+applications.commands`;
    expect(found.at(-1)).toMatchObject({
      outcome: "fails",
      text: "the bot is not in the server 1",
      advice: expect.stringContaining(link),
    });
  });

  test("tells which rights are missing, and a channel that is hidden", async () => {
    await using discord = await discordServer();
    const { otherChannel, bot } = discord.place;
    for (const role of bot.roles) role.permissions &= ~((1n << 14n) | (1n << 15n));
    otherChannel.access = "none";
    const { lines, status } = await diagnose(discord, {}, [{ ChannelId: otherChannel.id }]);
    expect(lines.slice(2)).toEqual([
      "fails: the bot has not all the rights it needs in #containers: Embed Links, Attach Files",
      "fails: it is not there, or the bot may not see it",
    ]);
    expect(status).toBe(1);
  });

  test("says that Discord cannot be reached", async () => {
    await using discord = await discordServer();
    await discord.goAway();
    const { lines } = await diagnose(discord);
    expect(lines).toEqual([
      expect.stringMatching(/^fails: Discord did not tell who the bot is: it cannot be reached: .*ECONNREFUSED/),
    ]);
  });
});
