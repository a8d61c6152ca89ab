import type { Member } from "../../../discord/invitation/effective-permissions.ts";
import { neededPermissions } from "../../../discord/invitation/needed-permissions.ts";
import { type Finding, fails } from "../finding.ts";
import { type AskDiscord, unlessUnknown } from "./ask-discord.ts";
import { type DiscordServer, discordChannel } from "./discord-answers.ts";
import { isThread, judgeChannel } from "./judge-channel.ts";

export async function checkChannel(
  id: string,
  server: DiscordServer,
  bot: Member,
  ask: AskDiscord,
): Promise<readonly Finding[]> {
  const name = `discord channel ${id}`;
  const channel = await unlessUnknown(ask(`/channels/${id}`, `show the channel ${id}`, discordChannel));
  const parent = channel !== undefined && isThread(channel) ? channel.parent_id : undefined;
  const governing =
    typeof parent !== "string"
      ? channel
      : await unlessUnknown(ask(`/channels/${parent}`, `show the channel ${parent}`, discordChannel));
  if (channel === undefined || governing === undefined) {
    const wanted = neededPermissions.all.map((permission) => permission.name).join(", ");
    return [
      fails(
        name,
        "it is not there, or the bot may not see it",
        `check the id; in its settings, allow the bot ${wanted}`,
      ),
    ];
  }
  return [judgeChannel(name, channel, governing, server, bot)];
}
