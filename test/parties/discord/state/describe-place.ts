// The place in the form of Discord's API.
import { type Channel, type Member, type Place, permissionsOf, type Role } from "./place.ts";

export function describeUser(member: Member): object {
  return {
    id: member.id,
    username: member.name.toLowerCase(),
    global_name: member.name,
    discriminator: "0",
    avatar: null,
    bot: member.isBot,
    public_flags: 0,
    flags: 0,
  };
}

export function describeMember(member: Member): object {
  return {
    user: describeUser(member),
    nick: member.nick,
    avatar: null,
    roles: member.roles.map(({ id }) => id),
    joined_at: "2026-01-01T00:00:00.000000+00:00",
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
  };
}

export function describeRole(role: Role, position: number): object {
  return {
    id: role.id,
    name: role.name,
    description: null,
    permissions: String(role.permissions),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.name === "Talos",
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  };
}

export function describeChannel(place: Place, channel: Channel): object {
  const common = { id: channel.id, name: channel.name, guild_id: place.guildId, flags: 0, rate_limit_per_user: 0 };
  if (channel.parentId === undefined)
    return {
      ...common,
      type: 0,
      position: 0,
      parent_id: null,
      topic: null,
      nsfw: false,
      last_message_id: null,
      permission_overwrites:
        channel.access === "write"
          ? []
          : [{ id: place.bot.id, type: 1, allow: "0", deny: channel.access === "read" ? "2048" : "1024" }],
    };
  return {
    ...common,
    type: 11,
    parent_id: channel.parentId,
    owner_id: place.owner.id,
    last_message_id: null,
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    thread_metadata: {
      archived: channel.isArchived,
      auto_archive_duration: 1440,
      archive_timestamp: "2026-01-01T00:00:00.000000+00:00",
      locked: false,
    },
  };
}

export function describeGuild(place: Place): object {
  return {
    id: place.guildId,
    name: place.guildName,
    owner_id: place.owner.id,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    region: "deprecated",
    afk_channel_id: null,
    afk_timeout: 300,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    max_members: 500_000,
    max_presences: null,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: "en-US",
    nsfw_level: 0,
    nsfw: false,
    mfa_level: 0,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    features: [],
    emojis: [],
    stickers: [],
    roles: place.roles.map(describeRole),
  };
}

/** What the gateway tells of a server once after signing in. */
export function describeJoinedGuild(place: Place): object {
  const channels = [...place.channels.values()].filter(({ access }) => access !== "none");
  return {
    ...describeGuild(place),
    joined_at: "2026-01-01T00:00:00.000000+00:00",
    large: false,
    unavailable: false,
    member_count: place.members.size,
    members: [describeMember(place.bot)],
    channels: channels.filter(({ parentId }) => parentId === undefined).map((each) => describeChannel(place, each)),
    threads: channels
      .filter(({ parentId, isArchived }) => parentId !== undefined && !isArchived)
      .map((each) => describeChannel(place, each)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

export function describeApplication(place: Place): object {
  return {
    id: place.applicationId,
    name: "Talos",
    icon: null,
    description: "",
    summary: "",
    bot_public: false,
    bot_require_code_grant: false,
    bot: describeUser(place.bot),
    owner: describeUser(place.owner),
    team: null,
    verify_key: "0".repeat(64),
    flags: 0,
  };
}

export function describeInteractingMember(place: Place, member: Member): object {
  return { ...describeMember(member), permissions: String(permissionsOf(place, member)) };
}
