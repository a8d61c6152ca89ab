import { z } from "zod";
import { noticeKinds } from "../notice-kinds.ts";
import { choice, discordId, leaf, secret, webUrl } from "../setting-types.ts";

const grant = z
  .strictObject({
    Roles: z.array(memberId()).default([]).describe("Ids of the Discord roles whose members have this right."),
    Users: z.array(memberId()).default([]).describe("Ids of the Discord users who have this right."),
  })
  .optional();

export const discordSettings = z
  .strictObject({
    BotToken: botToken().optional().describe("The token of the bot; without one Talos runs without Discord."),
    GuildId: discordId().optional().describe("The id of the Discord server the bot works in."),
    ChannelId: discordId().optional().describe("The id of the channel that gets messages and questions."),
    ApiUrl: apiUrl()
      .default("https://discord.com/api")
      .describe("Where Discord's REST API is reached, without the version; for a proxy."),
    Access: z
      .strictObject({
        Read: grant.describe("Who may look, beside those who may operate. Not set: everyone in the server."),
        Operate: grant.describe(
          "Who may change what runs and answer questions, beside those with Admin. Not set: members with Manage Server.",
        ),
        Admin: grant.describe(
          "Who may create and revoke tokens, and do all else. Not set: members with Manage Server.",
        ),
      })
      .prefault({})
      .describe("Who may do what in Discord."),
  })
  .prefault({})
  .describe("The Discord bot.");

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

/** It goes into a header. What stands around it is never right, and the fault must not repeat it. */
function botToken() {
  return secret().superRefine((written, context) => {
    const token = written.reveal();
    if (/^Bot\s/i.test(token))
      context.addIssue({ code: "custom", message: "must be the token alone, without `Bot` before it" });
    else if (!/^[\x21-\x7e]+$/.test(token))
      context.addIssue({ code: "custom", message: "must be the bot's token on a single line, without blanks" });
  });
}

/** Here nobody is meant by 0. */
function memberId() {
  return leaf({ type: ["string", "integer"], pattern: "^[0-9]+$" }, (written) =>
    /^(?!0+$)\d{1,20}$/.test(written)
      ? { value: written }
      : { problem: `must be the number Discord shows under "Copy ID", not \`${written}\`` },
  );
}

/** Always without the slash that paths begin with. */
function apiUrl() {
  return webUrl()
    .refine((url) => !/\/v\d+\/*$/.test(url), "must be without the version: https://discord.com/api")
    .overwrite((url) => url.replace(/\/+$/, ""));
}
