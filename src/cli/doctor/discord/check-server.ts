import * as z from "zod/mini";
import type { Config } from "../../../config/schema.ts";
import type { Member } from "../../../discord/invitation/effective-permissions.ts";
import { type Finding, fails, notes, passes } from "../finding.ts";
import { type AskDiscord, unlessUnknown } from "./ask-discord.ts";
import { type DiscordServer, discordServer, serverMember } from "./discord-answers.ts";

const name = "discord server";

export interface ServerCheck {
  readonly findings: readonly Finding[];
  /** undefined: the bot is not in it. */
  readonly found: { readonly server: DiscordServer; readonly bot: Member } | undefined;
}

export interface BotIds {
  readonly userId: string;
  readonly applicationId: string;
  readonly guildId: string;
}

/** Whether the bot is in its server, may offer commands there, and whether the server has the roles that have rights. */
export async function checkServer(
  { userId, applicationId, guildId }: BotIds,
  access: Config["DiscordSettings"]["Access"],
  invitation: string,
  ask: AskDiscord,
): Promise<ServerCheck> {
  const server = await unlessUnknown(ask(`/guilds/${guildId}`, "show the server", discordServer));
  if (server === undefined)
    return { findings: [fails(name, `the bot is not in the server ${guildId}`, invitation)], found: undefined };
  const member = await ask(`/guilds/${guildId}/members/${userId}`, "show the bot as a member", serverMember);
  const commands = await unlessUnknown(
    ask(`/applications/${applicationId}/guilds/${guildId}/commands`, "list the bot's commands", z.unknown()),
  );
  const findings = [
    commands === undefined
      ? fails(name, `the bot is in ${server.name}, and may not offer commands there`, invitation)
      : passes(name, `the bot is in ${server.name}, and may offer its commands there`),
    ...judgeTimeOut(member.communication_disabled_until),
    ...noteUnknownRoles(access, server),
  ];
  return { findings, found: { server, bot: { id: userId, roleIds: member.roles } } };
}

function judgeTimeOut(until: string | null | undefined): readonly Finding[] {
  if (typeof until !== "string" || !(Date.parse(until) > Date.now())) return [];
  return [
    fails(name, `the bot may not post until ${until}: it was timed out`, "end that in the server's list of members"),
  ];
}

function noteUnknownRoles(access: Config["DiscordSettings"]["Access"], { roles }: DiscordServer): readonly Finding[] {
  const known = new Set(roles.map(({ id }) => id));
  return Object.entries(access).flatMap(([right, grant]) =>
    (grant?.Roles ?? [])
      .filter((id) => !known.has(id))
      .map((id) => notes(name, `DiscordSettings.Access.${right} names ${id}, which is no role of the server`)),
  );
}
