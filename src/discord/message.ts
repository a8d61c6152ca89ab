import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from "discord-api-types/v10";

/** A message as Talos writes it, in the form of Discord's API. All of its text is harmless and within Discord's limits. */
export interface Message {
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIActionRowComponent<APIComponentInMessageActionRow>[];
  /** Long text, attached. */
  readonly files?: readonly { readonly name: string; readonly text: string }[];
}

export interface PostedMessage {
  readonly id: string;
  readonly channelId: string;
  readonly embeds: readonly APIEmbed[];
}
