/**
 * Who may do what in Discord, by `DiscordSettings.Access`. A right that is not set belongs to everyone in the server (Read)
 * or to members with Manage Server (Operate, Admin); one that is set belongs to those it names. Operate includes Read, and
 * Admin both: nobody may change what they may not look at, and whoever makes tokens could operate by one. Outside of the
 * configured server nobody may do anything.
 */
import type { Config } from "../config/schema.ts";
import type { Operation } from "../operations/operation.ts";
import { join, type Markdown, md } from "./text/markdown.ts";
import { plain } from "./text/plain.ts";

export type Access = Operation["access"];
type DiscordSettings = Config["DiscordSettings"];
type Rules = DiscordSettings["Access"];

/** As an interaction tells: Discord works the permissions out, and gives the owner of the server all of them. */
export interface Member {
  readonly userId: string;
  readonly roleIds: readonly string[];
  /** The bits of the permissions in the channel, in decimal. */
  readonly permissions: string;
  /** undefined: a direct message. */
  readonly guildId: string | undefined;
}

const administrator = 1n << 3n;
const manageServer = 1n << 5n;
/** The rights that include it, from itself up. */
const including = {
  read: ["Read", "Operate", "Admin"],
  operate: ["Operate", "Admin"],
  admin: ["Admin"],
} as const;

export function mayDo(
  member: Member,
  access: Access,
  { GuildId, Access: rules }: Pick<DiscordSettings, "GuildId" | "Access">,
): boolean {
  if (GuildId === undefined || member.guildId !== GuildId) return false;
  return including[access].some((right) => hasRight(member, right, rules));
}

function hasRight(member: Member, right: keyof Rules, rules: Rules): boolean {
  const rule = rules[right];
  if (rule === undefined) return right === "Read" || mayManage(member.permissions);
  // The role of everyone has the id of the server, and nobody is told to have it.
  const { userId, roleIds, guildId } = member;
  return rule.Users.includes(userId) || rule.Roles.some((role) => role === guildId || roleIds.includes(role));
}

function mayManage(permissions: string): boolean {
  if (!/^\d+$/.test(permissions)) return false;
  return (BigInt(permissions) & (administrator | manageServer)) !== 0n;
}

/** Who may, for somebody who may not. Naming a role or a user notifies nobody where mentions are not allowed. */
export function describeRefusal(access: Access, { Access: rules }: Pick<DiscordSettings, "Access">): Markdown {
  const who = including[access].flatMap((right) => {
    const rule = rules[right];
    if (rule === undefined) return right === "Read" ? [] : [plain("members with the permission Manage Server")];
    return [
      ...rule.Roles.map((role) => ({ markdown: `<@&${role}>` })),
      ...rule.Users.map((user) => ({ markdown: `<@${user}>` })),
    ];
  });
  const unique = [...new Map(who.map((one) => [one.markdown, one])).values()];
  if (unique.length === 0) return md`You may not do this. Nobody may: the setting DiscordSettings.Access names no one.`;
  return md`You may not do this. It is for ${join(unique, ", ")}.`;
}
