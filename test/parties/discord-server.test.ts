import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  EmbedBuilder,
  GatewayIntentBits,
  type Interaction,
  MessageFlags,
  StringSelectMenuBuilder,
} from "discord.js";
import { expect, test } from "vitest";
import { type DiscordServer, discordServer } from "./discord-server.ts";

const nobody = { parse: [] as const };
const commands = [
  {
    name: "t",
    description: "Talos",
    options: [
      {
        type: 1,
        name: "image",
        description: "an image",
        options: [
          { type: 3, name: "host", description: "the host", required: true, autocomplete: true },
          { type: 4, name: "lines", description: "how many", min_value: 1 },
        ],
      },
      {
        type: 2,
        name: "container",
        description: "one container",
        options: [{ type: 1, name: "logs", description: "its logs" }],
      },
    ],
  },
];

test("A client signs in, registers commands, and answers with buttons as users would see it.", async () => {
  await using discord = await discordServer();
  await using bot = await signIn(discord, async (interaction) => {
    if (interaction.isAutocomplete()) await interaction.respond([{ name: "nas", value: "nas" }]);
    if (interaction.isChatInputCommand()) {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral, withResponse: true });
      await interaction.editReply({ embeds: [embed(`of ${interaction.options.getString("host")}`)] });
      await interaction.followUp({ content: "more", files: [{ attachment: Buffer.from("long"), name: "log.txt" }] });
    }
    if (interaction.isButton()) await interaction.update({ embeds: [embed("answered")], components: [] });
    if (interaction.isStringSelectMenu()) await interaction.reply({ content: interaction.values.join() });
  });
  expect(await bot.application?.commands.fetch({ guildId: discord.place.guildId })).toHaveLength(1);
  const stranger = discord.user("stranger");
  expect(await stranger.autocomplete("t image", {}, "host", "n")).toEqual(["nas"]);
  const answer = await stranger.command("t image", { host: "nas", lines: 3 });
  expect((await answer.until("of nas")).versions).toHaveLength(2);
  const [more] = await discord.until("the rest", () => answer.followUps.length > 0 && answer.followUps);
  expect(answer.isPrivate).toBe(true);
  expect(more?.files).toMatchObject([{ name: "log.txt", text: "long" }]);
  expect(stranger.sees()).toHaveLength(2);
  expect(discord.messages()).toEqual([more]);

  const prompt = await post(bot, discord);
  const pressed = await stranger.click(prompt, "Push");
  expect(pressed.message.text).toBe("answered");
  expect(prompt.versions[0]).toMatchObject({ embeds: [{ description: "a question" }] });
  await expect(stranger.click(prompt, "Push")).rejects.toThrow("there is no button");
  expect((await stranger.click(prompt, "Push", { version: 0 })).message).toBe(prompt);
  expect((await stranger.select(await post(bot, discord), ["Second"])).message.text).toBe("2");
  expect(discord.count("POST /channels/:channel/messages")).toBe(2);
  await expect(stranger.command("t image", {})).rejects.toThrow("host is missing");
  await expect(stranger.command("t image", { host: "nas", lines: 0 })).rejects.toThrow("does not let");
  const logs = await stranger.command("t container logs");
  await discord.until("the rest", () => logs.followUps.length > 0);
});

test("What is not acknowledged in time has failed, and nothing is acknowledged twice or too late.", async () => {
  await using discord = await discordServer();
  const codes: unknown[] = [];
  const codeOf = (error: { readonly code: unknown }) => void codes.push(error.code);
  const isLate = Promise.withResolvers<void>();
  await using bot = await signIn(discord, async (interaction) => {
    if (interaction.isChatInputCommand()) {
      await isLate.promise;
      await interaction.deferReply().catch(codeOf);
    }
    if (!interaction.isButton()) return;
    await interaction.deferUpdate();
    interaction.deferred = false;
    await interaction.deferUpdate().catch(codeOf);
    discord.expireInteractions();
    interaction.deferred = true;
    await interaction.editReply({ content: "late" }).catch(codeOf);
  });
  const { owner } = discord;
  const prompt = await post(bot, discord);
  await owner.click(prompt, "Push", { from: "direct-message" });
  await expect.poll(() => codes).toEqual([40060, 50027]);
  discord.acknowledgeWithinMs = 20;
  await expect(owner.command("t container logs")).rejects.toThrow("The application did not respond");
  isLate.resolve();
  await expect.poll(() => codes).toEqual([40060, 50027, 10062]);
  await bot.destroy();
  await discord.until("nobody", () => discord.gateway.connected === 0);
  await expect(owner.forge(prompt, "unknown", undefined, { from: "other-guild" })).rejects.toThrow("did not respond");
});

test("A dropped connection is resumed and loses nothing; op 7, op 9 and silence are outlived as well.", async () => {
  await using discord = await discordServer();
  discord.gateway.heartbeatIntervalMs = 100;
  await using bot = await signIn(discord, (interaction) => acknowledge(interaction));
  const { gateway, owner } = discord;
  const prompt = await post(bot, discord);
  const resumed = (count: number) =>
    discord.until(`${count} resumed`, () => gateway.signIns.filter(({ kind }) => kind === "resume").length === count);
  gateway.drop();
  await owner.click(prompt, "Push");
  await resumed(1);
  gateway.askToReconnect();
  await resumed(2);
  await owner.click(prompt, "Push");
  gateway.silence();
  await owner.click(prompt, "Push");
  await resumed(3);
  gateway.invalidate(true);
  await resumed(4);
  await owner.click(prompt, "Push");
  gateway.invalidate(false);
  await discord.until("signed in anew", () => gateway.signIns.filter(({ kind }) => kind === "identify").length === 2);
  await discord.signedIn();
  await owner.click(prompt, "Push");
});

test("REST calls are refused, delayed and lost as told, and a nonce keeps a message from being posted twice.", async () => {
  await using discord = await discordServer({ limits: { "GET /channels/:channel": [1, 60] } });
  await using bot = await signIn(discord, () => undefined);
  const channel = `/channels/${discord.place.channel.id}` as const;
  const send = () =>
    bot.rest.post(`${channel}/messages`, {
      body: { content: "once", nonce: "n", enforce_nonce: true, allowed_mentions: nobody },
    });
  const route = "POST /channels/:channel/messages";
  for (const kind of [
    { answer: 502, isDone: true },
    { answer: 503 },
    { retryAfterSeconds: 0.05 },
    { retryAfterSeconds: 0.05, isGlobal: true },
  ] as const)
    discord.restFaults.add({ route, kind });
  await send();
  expect(discord.messages()).toHaveLength(1);
  expect(discord.count(route)).toBe(5);
  discord.restFaults.add({ route, kind: { disconnect: "before" } });
  await expect(send()).rejects.toThrow();
  discord.forgetNonces();
  await send();
  expect(discord.messages()).toHaveLength(2);
  await Promise.all([bot.rest.get(channel), bot.rest.get(channel)]);
  const released = Promise.withResolvers<void>();
  discord.restFaults.add({ route, kind: { slow: released.promise, isDone: true } });
  const slow = bot.rest.post(`${channel}/messages`, { body: { content: "slow", allowed_mentions: nobody } });
  await discord.message("slow");
  released.resolve();
  await slow;
  await discord.goAway();
  await expect(fetch(discord.restUrl)).rejects.toThrow();
  await discord.comeBack();
  await discord.signedIn();
  discord.restFaults.add({ route, kind: { answer: 401 } });
  await expect(send()).rejects.toThrow("401");
});

test("A wrong token and intents that are not switched on end the connection.", async () => {
  await using discord = await discordServer();
  const refused = async (intents: number[], token: string) => {
    const client = new Client({ intents, rest: { api: discord.restUrl } });
    client.on("error", () => undefined);
    await client.login(token).catch(() => undefined);
    await client.destroy();
  };
  await refused([GatewayIntentBits.MessageContent], discord.token);
  expect(discord.gateway.refusals).toEqual([4014]);
  await refused([GatewayIntentBits.Guilds], "wrong");
  expect(discord.requests.at(-1)).toMatchObject({ route: "GET /gateway/bot", status: 401 });
  discord.gateway.refuseWith(4004);
  await refused([GatewayIntentBits.Guilds], discord.token);
  expect(discord.gateway.refusals).toEqual([4014, 4004]);
});

test("What the judge has found fails who waits, and otherwise the end of the test.", async () => {
  const discord = await discordServer();
  const posted = await fetch(`${discord.restUrl}/v10/channels/${discord.place.channel.id}/messages`, {
    method: "POST",
    headers: { authorization: `Bot ${discord.token}`, "content-type": "application/json" },
    body: JSON.stringify({ content: "@everyone" }),
  });
  expect(posted.status).toBe(400);
  await expect(discord.message("@everyone")).rejects.toThrow(
    "POST /channels/:channel/messages: allowed_mentions: must be there and allow nothing",
  );
  await discord[Symbol.asyncDispose]();
  const other = await discordServer();
  await fetch(`${other.restUrl}/v10/unknown`);
  await expect(other[Symbol.asyncDispose]()).rejects.toThrow(
    "GET /unknown: the stand-in for Discord has no such route",
  );
});

async function signIn(
  discord: DiscordServer,
  react: (interaction: Interaction) => Promise<unknown> | undefined,
): Promise<Client<true> & AsyncDisposable> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: discord.restUrl, retries: 10 },
    allowedMentions: { parse: [] },
  });
  client.on("error", () => undefined);
  client.on("interactionCreate", (interaction) => void react(interaction));
  const ready = new Promise<Client<true>>((resolve) => client.once("clientReady", resolve));
  await client.login(discord.token);
  const bot = await ready;
  await bot.application.commands.set(commands, discord.place.guildId);
  return Object.assign(bot, { [Symbol.asyncDispose]: () => client.destroy() });
}

function acknowledge(interaction: Interaction): Promise<unknown> | undefined {
  return interaction.isButton() ? interaction.deferUpdate() : undefined;
}

async function post(bot: Client<true>, discord: DiscordServer) {
  const channel = await bot.channels.fetch(discord.place.channel.id);
  if (channel?.isSendable() !== true) throw new Error("no channel to write in");
  const select = new StringSelectMenuBuilder().setCustomId("which").setOptions([
    { label: "First", value: "1" },
    { label: "Second", value: "2" },
  ]);
  const { id } = await channel.send({
    embeds: [embed("a question")],
    components: [
      new ActionRowBuilder<ButtonBuilder>().addComponents(
        new ButtonBuilder().setCustomId("push").setLabel("Push").setStyle(ButtonStyle.Success),
      ),
      new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select),
    ],
  });
  return discord.until("the question", () => discord.messages().find((message) => message.id === id));
}

function embed(text: string): EmbedBuilder {
  return new EmbedBuilder().setDescription(text);
}
