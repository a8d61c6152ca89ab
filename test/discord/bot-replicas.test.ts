import { join } from "node:path";
import { expect, test } from "vitest";
import { runDaemon } from "../daemon/run-daemon.ts";
import { describeWith } from "../parties/describe-with.ts";
import { discordServer } from "../parties/discord-server.ts";
import { redisServer } from "../parties/redis-server.ts";
import { talosUser } from "../run-talos.ts";

async function replicas() {
  await using stack = new AsyncDisposableStack();
  const discord = stack.use(await discordServer({ patienceMs: 25_000 }));
  const redis = stack.use(await redisServer());
  const user = stack.use(await talosUser());
  const parts = stack.move();
  const { token, restUrl, place } = discord;
  const settings = {
    RedisSettings: { Endpoint: redis.endpoint },
    DiscordSettings: { BotToken: token, GuildId: place.guildId, ChannelId: place.channel.id, ApiUrl: restUrl },
  };
  return {
    discord,
    redis,
    async start(name: string) {
      await user.home.write({ [`${name}/talos.json`]: JSON.stringify(settings) });
      const { environment } = user;
      const daemon = parts.use(runDaemon({ folder: join(user.home.path, name), environment, patienceMs: 25_000 }));
      await daemon.waitFor("that it runs", ({ msg }) => msg.startsWith("talos runs"));
      return daemon;
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

describeWith(["redis-server"], "Talos on one Redis, in Discord", () => {
  test("Another one is the bot when the first is killed, and nothing is registered twice.", {
    timeout: 60_000,
  }, async () => {
    await using all = await replicas();
    const { discord } = all;
    const first = await all.start("first");
    await first.waitFor("commands", ({ msg }) => msg.includes("the commands were registered"));
    const second = await all.start("second");
    await (await discord.owner.command("t queue")).until("othing waits");
    expect(discord.gateway.signIns).toHaveLength(1);
    await first.kill();
    await second.waitFor("the other one", ({ msg }) => msg === "Discord: signed in");
    const answer = await discord.owner.command("t queue");
    await answer.until("othing waits");
    expect(discord.gateway.connected).toBe(1);
    expect(discord.count("PUT /applications")).toBe(1);
    expect(await second.stop()).toBe(0);
  });

  test("Who loses the store signs out, and is the bot again when it is back.", { timeout: 60_000 }, async () => {
    await using all = await replicas();
    const { discord, redis } = all;
    const daemon = await all.start("first");
    await daemon.waitFor("commands", ({ msg }) => msg.includes("the commands were registered"));
    await redis.stop();
    await discord.until("a bot that signed out", () => discord.gateway.connected === 0);
    const from = daemon.lines.length;
    await redis.start();
    await daemon.waitFor("another sign-in", ({ msg }) => msg === "Discord: signed in", from);
    await (await discord.owner.command("t queue")).until("othing waits");
    expect(await daemon.stop()).toBe(0);
    expect(daemon.other).toEqual([]);
  });
});
