/**
 * Whether the bot can sign in, is in its server and may post where it is told to. It only reads: nothing is posted, and
 * commands are registered by `talos run`. Talos needs no privileged intent, so there is none to look for.
 */
import type { Config } from "../../../config/schema.ts";
import { inviteLink } from "../../../discord/invitation/invite-link.ts";
import type { DiscordRest } from "../../../discord/rest/discord-rest.ts";
import { type Finding, notes, passes } from "../finding.ts";
import { askDiscord } from "./ask-discord.ts";
import { checkChannel } from "./check-channel.ts";
import { checkServer } from "./check-server.ts";
import { botApplication, botUser } from "./discord-answers.ts";

export type DiscordConfig = Pick<Config, "DiscordSettings" | "Notifications">;

export async function checkDiscord(
  { DiscordSettings, Notifications = [] }: DiscordConfig,
  rest: DiscordRest,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { GuildId: guildId = "", ChannelId, Access } = DiscordSettings;
  const ask = askDiscord(rest, signal);
  const user = await ask("/users/@me", "tell who the bot is", botUser);
  const application = await ask("/applications/@me", "tell the bot's application", botApplication);
  const ids = { userId: user.id, applicationId: application.id, guildId };
  const invitation = `invite it: ${inviteLink(application.id, guildId)}`;
  const { findings, found } = await checkServer(ids, Access, invitation, ask);
  const channels = new Set([ChannelId, ...Notifications.map((one) => one.ChannelId)].flatMap((id) => id ?? []));
  const judged =
    found === undefined
      ? []
      : await Promise.all([...channels].map((id) => checkChannel(id, found.server, found.bot, ask)));
  return [
    passes("discord", `accepts the token of ${user.username}, application ${application.id}`),
    ...(application.bot_require_code_grant === true ? [codeGrant] : []),
    ...findings,
    ...judged.flat(),
  ];
}

const codeGrant = notes(
  "discord",
  "the bot cannot be invited by a link",
  "in the developer portal, under Bot, switch off Requires OAuth2 Code Grant",
);
