import { snowflakes } from "./snowflakes.ts";

/** The rights that matter here, as Discord numbers them. */
const permission = {
  administrator: 1n << 3n,
  manageServer: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readHistory: 1n << 16n,
  useCommands: 1n << 31n,
  sendInThreads: 1n << 38n,
} as const;

export interface Role {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  /** As the server shows it. */
  readonly nick: string | null;
  roles: readonly Role[];
  readonly isBot: boolean;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly parentId?: string;
  /** A channel in which the bot may not see or write answers 403. */
  access: "write" | "read" | "none";
  /** A thread that nobody wrote in for long; writing opens it again, editing in it is refused. */
  isArchived: boolean;
}

/** A server with a bot, a few people, two channels and a thread. */
export interface Place {
  readonly applicationId: string;
  readonly guildId: string;
  readonly guildName: string;
  readonly everyone: Role;
  /** Has no rights by itself: for `DiscordSettings.Access`. */
  readonly operators: Role;
  readonly managers: Role;
  readonly channel: Channel;
  readonly otherChannel: Channel;
  readonly thread: Channel;
  readonly bot: Member;
  readonly owner: Member;
  readonly channels: Map<string, Channel>;
  readonly members: Map<string, Member>;
  readonly roles: readonly Role[];
  readonly newId: () => string;
}

export function makePlace(): Place {
  const newId = snowflakes();
  const guildId = newId();
  const usual = permission.viewChannel | permission.sendMessages | permission.readHistory | permission.useCommands;
  const everyone: Role = { id: guildId, name: "@everyone", permissions: usual };
  const operators: Role = { id: newId(), name: "operators", permissions: 0n };
  const managers: Role = { id: newId(), name: "managers", permissions: permission.manageServer };
  const talos: Role = {
    id: newId(),
    name: "Talos",
    permissions: usual | permission.embedLinks | permission.attachFiles | permission.sendInThreads,
  };
  const makeChannel = (name: string, parentId?: string): Channel => ({
    id: newId(),
    name,
    ...(parentId === undefined ? {} : { parentId }),
    access: "write",
    isArchived: false,
  });
  const channel = makeChannel("containers");
  const otherChannel = makeChannel("pipelines");
  const thread = makeChannel("updates", channel.id);
  const bot: Member = { id: newId(), name: "Talos", nick: null, roles: [talos], isBot: true };
  const owner: Member = { id: newId(), name: "owner", nick: null, roles: [], isBot: false };
  return {
    applicationId: bot.id,
    guildId,
    guildName: "Home",
    everyone,
    operators,
    managers,
    channel,
    otherChannel,
    thread,
    bot,
    owner,
    channels: new Map([channel, otherChannel, thread].map((each) => [each.id, each])),
    members: new Map([bot, owner].map((each) => [each.id, each])),
    roles: [everyone, operators, managers, talos],
    newId,
  };
}

export function permissionsOf(place: Place, member: Member): bigint {
  if (member === place.owner) return (1n << 52n) - 1n;
  return member.roles.reduce((sum, role) => sum | role.permissions, place.everyone.permissions);
}
