import { effectivePermissions, type Member } from "../../../discord/invitation/effective-permissions.ts";
import { neededPermissions } from "../../../discord/invitation/needed-permissions.ts";
import { type Finding, fails, passes } from "../finding.ts";
import type { DiscordChannel, DiscordServer } from "./discord-answers.ts";

/** Discord's numbers of what has messages: text, voice, announcements, stages; and of threads. */
const channelTypes = [0, 2, 5, 13];
const threadTypes = [10, 11, 12];

export function isThread({ type }: DiscordChannel): boolean {
  return threadTypes.includes(type);
}

/** Whether the bot may post there. `governing`: the channel itself, or the one that a thread is in. */
export function judgeChannel(
  name: string,
  channel: DiscordChannel,
  governing: DiscordChannel,
  server: DiscordServer,
  bot: Member,
): Finding {
  const label = `#${channel.name ?? "?"}`;
  if (channel.guild_id !== server.id)
    return fails(name, `${label} is in another server`, "name a channel of the server DiscordSettings.GuildId");
  if (!isThread(channel) && !channelTypes.includes(channel.type))
    return fails(name, `${label} holds no messages`, "name a text channel or a thread");
  if (channel.thread_metadata?.locked === true)
    return fails(name, `the thread ${label} is locked`, "unlock it, or name another one");
  const granted = effectivePermissions(server.id, server.roles, bot, governing.permission_overwrites);
  const needed = isThread(channel) ? neededPermissions.thread : neededPermissions.channel;
  const missing = needed.filter(({ bit }) => (granted & bit) === 0n).map((permission) => permission.name);
  if (missing.length === 0) return passes(name, `the bot may post in ${label}`);
  const place = isThread(channel) ? `the channel of ${label}` : label;
  return fails(
    name,
    `the bot has not all the rights it needs in ${label}: ${missing.join(", ")}`,
    `in the settings of ${place}, under Permissions, add the bot and allow ${missing.join(", ")}`,
  );
}
