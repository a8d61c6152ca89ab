import type { Changes } from "./changes.ts";
import { commandData, type Options } from "./command-data.ts";
import { describeChannel, describeInteractingMember, describeUser } from "./state/describe-place.ts";
import type { DiscordState } from "./state/discord-state.ts";
import type { Interaction } from "./state/interactions.ts";
import { buttonsOf, type DiscordMessage, describeMessage, type StoredMessage } from "./state/messages.ts";
import { type Member, permissionsOf } from "./state/place.ts";

/** What a user's act came to. */
export interface Answer {
  /** Live: a new message, or for a click that changed it the message itself. */
  readonly message: DiscordMessage;
  /** Only this user sees it. */
  readonly isPrivate: boolean;
  readonly followUps: readonly DiscordMessage[];
  /** Waits until the message has that text, or is as asked. */
  until(wanted: string | RegExp | ((message: DiscordMessage) => boolean)): Promise<DiscordMessage>;
}

interface Where {
  /** Where it is done; default: the channel of the bot, and for a click that of the message. */
  readonly channelId?: string;
  /** In another server that the bot is in, too, or in a private conversation with it. */
  readonly from?: "other-guild" | "direct-message";
}

/**
 * A user with Discord open. Each act resolves when the bot has acknowledged it, and is rejected with what Discord shows
 * when the bot does not in time.
 */
export interface DiscordUser {
  readonly member: Member;
  readonly id: string;
  /** `command("t container logs", { host: "nas", lines: 50 })`, checked against what is registered, as Discord's client does. */
  command(name: string, options?: Options, place?: Where): Promise<Answer>;
  /** What is offered for an option that is being typed. */
  autocomplete(name: string, given: Options, option: string, typed: string, place?: Where): Promise<readonly string[]>;
  /** `version`: of a client that still shows an older state of the message. */
  click(message: DiscordMessage, label: string, place?: Where & { readonly version?: number }): Promise<Answer>;
  select(message: DiscordMessage, values: readonly string[], place?: Where): Promise<Answer>;
  /** A click with a custom id that need not be there. */
  forge(message: DiscordMessage, customId: string, values?: readonly string[], place?: Where): Promise<Answer>;
  /** All messages this user sees there, oldest first. */
  sees(channelId?: string): readonly DiscordMessage[];
}

export interface UserParts {
  readonly state: DiscordState;
  readonly changes: Changes;
  readonly dispatch: (event: string, data: object) => boolean;
}

export function openUser(parts: UserParts, member: Member): DiscordUser {
  const { state } = parts;
  const act = async (kind: Interaction["kind"], data: object, place: Where, source?: StoredMessage) =>
    waitForAnswer(parts, startInteraction(parts, member, kind, data, place, source));
  const press = async (message: DiscordMessage, data: object, place: Where) =>
    answerOf(parts, await act("component", data, { channelId: message.channelId, ...place }, storedOf(state, message)));
  return {
    member,
    id: member.id,
    async command(name, options = {}, place = {}) {
      const data = commandData(state, member, name, options, undefined);
      return answerOf(parts, await act("command", data, place));
    },
    async autocomplete(name, given, option, typed, place = {}) {
      const data = commandData(state, member, name, { ...given, [option]: typed }, option);
      const { choices } = await act("autocomplete", data, place);
      return (choices ?? []).map(({ value }) => String(value));
    },
    async click(message, label, { version, ...place } = {}) {
      const shown = version === undefined ? message : message.versions[version];
      const all = shown === undefined ? [] : buttonsOf(shown);
      const button = all.find((each) => each.label === label && each.url === undefined);
      if (button === undefined || button.isDisabled)
        throw new Error(
          `${button === undefined ? "there is no button" : "dead is the button"} ${label} among ${all.map((each) => each.label).join(", ") || "none"}:\n${message.text}`,
        );
      return press(message, { custom_id: button.customId, component_type: 2, id: 1 }, place);
    },
    async select(message, values, place = {}) {
      const select = message.components.flatMap((row) => row.components).find((part) => part.type === 3);
      const offered = select?.options.map(({ value }) => value) ?? [];
      const named = values.map((value) => select?.options.find(({ label }) => label === value)?.value ?? value);
      if (select === undefined || select.disabled === true || named.some((value) => !offered.includes(value)))
        throw new Error(`there is nothing to select ${values.join(", ")} from:\n${message.text}`);
      return press(message, { custom_id: select.custom_id, component_type: 3, values: named, id: 1 }, place);
    },
    forge: (message, customId, values, place = {}) =>
      press(
        message,
        {
          custom_id: customId,
          id: 1,
          ...(values === undefined ? { component_type: 2 } : { component_type: 3, values }),
        },
        place,
      ),
    sees: (channelId = state.place.channel.id) =>
      state.messages.filter(
        (message) =>
          message.channelId === channelId &&
          !message.isDeleted &&
          (message.onlyFor === undefined || message.onlyFor === member.id),
      ),
  };
}

function storedOf({ messages }: DiscordState, { id }: DiscordMessage): StoredMessage {
  const stored = messages.find((message) => message.id === id);
  if (stored === undefined) throw new Error("no message of this Discord");
  return stored;
}

function startInteraction(
  { state, dispatch }: UserParts,
  member: Member,
  kind: Interaction["kind"],
  data: object,
  { channelId = state.place.channel.id, from }: Where,
  source: StoredMessage | undefined,
): Interaction {
  const { place, interactions } = state;
  const interaction = interactions.open({ kind, user: member, channelId, source });
  const channel = place.channels.get(channelId);
  const guildId = from === "other-guild" ? "100000000000000001" : place.guildId;
  const channelObject =
    from === "direct-message" || channel === undefined
      ? { id: channelId, type: 1, flags: 0, last_message_id: null, recipients: [describeUser(member)] }
      : { ...describeChannel(place, channel), guild_id: guildId, permissions: String(permissionsOf(place, member)) };
  const isDelivered = dispatch("INTERACTION_CREATE", {
    version: 1,
    id: interaction.id,
    application_id: place.applicationId,
    token: interaction.token,
    type: { command: 2, component: 3, autocomplete: 4 }[kind],
    data,
    channel_id: channelId,
    channel: channelObject,
    locale: "en-US",
    app_permissions: String(permissionsOf(place, place.bot)),
    entitlements: [],
    attachment_size_limit: 10_485_760,
    ...(source === undefined ? {} : { message: describeMessage(place, source) }),
    ...(from === "direct-message"
      ? { user: describeUser(member), context: 1, authorizing_integration_owners: { 1: member.id } }
      : {
          member: describeInteractingMember(place, member),
          guild_id: guildId,
          guild: { id: guildId, locale: "en-US", features: [] },
          guild_locale: "en-US",
          context: 0,
          authorizing_integration_owners: { 0: guildId },
        }),
  });
  if (!isDelivered) interactions.fail(interaction);
  return interaction;
}

async function waitForAnswer({ changes }: UserParts, interaction: Interaction): Promise<Interaction> {
  await changes.until(
    `an answer to what ${interaction.user.name} did`,
    () => interaction.hasFailed || interaction.callback !== undefined,
  );
  if (interaction.hasFailed) throw new Error("The application did not respond");
  return interaction;
}

function answerOf({ changes }: UserParts, interaction: Interaction): Answer {
  const { original } = interaction;
  if (original === undefined) throw new Error(`answered with type ${interaction.callback}, which shows nothing`);
  return {
    message: original,
    isPrivate: original.onlyFor !== undefined,
    followUps: interaction.followUps,
    async until(wanted) {
      const isWanted =
        typeof wanted === "function" ? wanted : (message: DiscordMessage) => includes(message.text, wanted);
      await changes.until(
        `an answer with ${typeof wanted === "function" ? "what is asked" : wanted}, instead of:\n${original.text}`,
        () => !original.isLoading && isWanted(original),
      );
      return original;
    },
  };
}

export function includes(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);
}
