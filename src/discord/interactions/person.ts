import type { Actor } from "../../operations/operation.ts";
import type { Member } from "../access.ts";
import type { Interaction } from "./interaction.ts";

/** Who asks. */
export interface Person extends Member {
  readonly actor: Actor;
}

/** undefined: not somebody in a server. */
export function personOf({ member, guild_id: guildId }: Interaction): Person | undefined {
  if (member === undefined) return undefined;
  const { user, nick, roles: roleIds, permissions } = member;
  const name = nick ?? user.global_name ?? user.username;
  return { userId: user.id, roleIds, permissions, guildId, actor: { name, surface: "discord" } };
}
