import { neededPermissions } from "./needed-permissions.ts";

export const invitedScopes = ["bot", "applications.commands"] as const;

export const invitedPermissions: bigint = neededPermissions.all.reduce((sum, { bit }) => sum | bit, 0n);

/** Where the owner of a server lets the bot in. Talos needs no intents but the one that every bot has. */
export function inviteLink(applicationId: string, guildId?: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: invitedScopes.join(" "),
    permissions: String(invitedPermissions),
    ...(guildId === undefined ? {} : { guild_id: guildId, disable_guild_select: "true" }),
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}
