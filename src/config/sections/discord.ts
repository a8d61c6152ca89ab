import { z } from "zod";
import { choice, discordId, secret, webUrl } from "../setting-types.ts";

const grant = z
  .strictObject({
    Roles: z.array(discordId()).default([]).describe("Ids of the Discord roles whose members have this right."),
    Users: z.array(discordId()).default([]).describe("Ids of the Discord users who have this right."),
  })
  .optional();

export const discordSettings = z
  .strictObject({
    BotToken: secret().optional().describe("The token of the bot; without one Talos runs without Discord."),
    GuildId: discordId().optional().describe("The id of the Discord server the bot works in."),
    ChannelId: discordId().optional().describe("The id of the channel that gets messages and questions."),
    ApiUrl: webUrl()
      .default("https://discord.com/api")
      .describe("Where Discord's REST API is reached, without the version; for a proxy."),
    Access: z
      .strictObject({
        Read: grant.describe("Who may look. Not set: everyone in the server."),
        Operate: grant.describe("Who may change what runs and answer questions. Not set: members with Manage Server."),
        Admin: grant.describe("Who may create and revoke tokens. Not set: members with Manage Server."),
      })
      .prefault({})
      .describe("Who may do what in Discord."),
  })
  .prefault({})
  .describe("The Discord bot.");

const noticeKinds = [
  "UpdateAvailable",
  "Pushed",
  "Failed",
  "DeadLettered",
  "Held",
  "GroupIncomplete",
  "Pipeline",
  "ScanError",
] as const;

export const notifications = z
  .array(
    z.strictObject({
      ChannelId: discordId()
        .optional()
        .describe("The id of the channel or thread; not set: DiscordSettings.ChannelId."),
      Kinds: z
        .array(choice(...noticeKinds))
        .default([...noticeKinds])
        .describe("Which notices go there; not set: all."),
    }),
  )
  .optional()
  .describe("Which notices go to which channel or thread; not set: all to DiscordSettings.ChannelId.");
