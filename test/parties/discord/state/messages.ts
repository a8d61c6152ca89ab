import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from "discord-api-types/v10";
import { describeUser } from "./describe-place.ts";
import type { Member, Place } from "./place.ts";
import { timeOfSnowflake } from "./snowflakes.ts";

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** A message as it was shown from one edit to the next. */
export interface MessageVersion {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly Row[];
  readonly files: readonly UploadedFile[];
  /** Discord shows "is thinking". */
  readonly isLoading: boolean;
}

export interface ShownButton {
  readonly label: string;
  readonly style: number;
  readonly customId: string | undefined;
  readonly url: string | undefined;
  readonly isDisabled: boolean;
}

/** A message of the bot, as Discord shows it now: all of it is live. */
export interface DiscordMessage extends MessageVersion {
  readonly id: string;
  readonly channelId: string;
  /** The only user who sees it; undefined: everybody. */
  readonly onlyFor: string | undefined;
  /** The oldest first; the last is what is shown now. */
  readonly versions: readonly MessageVersion[];
  readonly isDeleted: boolean;
  readonly nonce: string | undefined;
  /** Everything there is to read in it but buttons: without the backslashes that keep text from being formatting. */
  readonly text: string;
  readonly buttons: readonly ShownButton[];
}

export interface StoredMessage extends DiscordMessage {
  readonly author: Member;
  change(version: MessageVersion): void;
  remove(): void;
}

export interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: readonly APIEmbed[] | null;
  readonly components?: readonly Row[] | null;
  readonly attachments?: readonly { readonly id: string | number }[] | null;
  readonly flags?: number;
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean;
}

export interface MessageStart {
  readonly id: string;
  readonly channelId: string;
  readonly author: Member;
  readonly onlyFor: string | undefined;
  readonly nonce: string | undefined;
}

export function makeMessage(start: MessageStart, first: MessageVersion): StoredMessage {
  const versions: MessageVersion[] = [first];
  let isDeleted = false;
  const now = () => versions.at(-1) ?? first;
  return {
    ...start,
    versions,
    get isDeleted() {
      return isDeleted;
    },
    get content() {
      return now().content;
    },
    get embeds() {
      return now().embeds;
    },
    get components() {
      return now().components;
    },
    get files() {
      return now().files;
    },
    get isLoading() {
      return now().isLoading;
    },
    get text() {
      return textOf(now());
    },
    get buttons() {
      return buttonsOf(now());
    },
    change: (version) => void versions.push(version),
    remove: () => {
      isDeleted = true;
    },
  };
}

function textOf({ content, embeds }: MessageVersion): string {
  const texts = embeds.flatMap((embed) => [
    embed.author?.name,
    embed.title,
    embed.description,
    ...(embed.fields ?? []).flatMap(({ name, value }) => [name, value]),
    embed.footer?.text,
  ]);
  return [content, ...texts].flatMap((text) => (text === undefined || text === "" ? [] : [unescape(text)])).join("\n");
}

function unescape(markdown: string): string {
  const parts = markdown.split("```");
  return parts.map((part, index) => (index % 2 === 0 ? part.replace(/\\([^0-9A-Za-z\s])/g, "$1") : part)).join("```");
}

export function buttonsOf({ components }: Pick<MessageVersion, "components">): readonly ShownButton[] {
  return components
    .flatMap((row) => row.components)
    .flatMap((part) =>
      part.type === 2
        ? [
            {
              label: "label" in part ? (part.label ?? "") : "",
              style: part.style,
              customId: "custom_id" in part ? part.custom_id : undefined,
              url: "url" in part ? part.url : undefined,
              isDisabled: part.disabled === true,
            },
          ]
        : [],
    );
}

/** What a body makes of a message: what it does not name stays as it was. */
export function changedBy(
  body: MessageBody,
  uploads: readonly UploadedFile[],
  before: MessageVersion = { content: "", embeds: [], components: [], files: [], isLoading: false },
): MessageVersion {
  const kept =
    body.attachments === undefined || body.attachments === null
      ? before.files
      : before.files.filter(({ id }) => body.attachments?.some((each) => String(each.id) === id));
  return {
    content: body.content === undefined ? before.content : (body.content ?? ""),
    embeds: body.embeds === undefined ? before.embeds : (body.embeds ?? []),
    components: body.components === undefined ? before.components : (body.components ?? []),
    files: [...kept, ...uploads],
    isLoading: false,
  };
}

export function describeMessage(place: Place, message: StoredMessage): object {
  return {
    id: message.id,
    type: 0,
    channel_id: message.channelId,
    author: describeUser(message.author),
    content: message.content,
    embeds: message.embeds.map(describeEmbed),
    components: message.components,
    attachments: message.files.map(({ id, name, text }) => ({
      id,
      filename: name,
      size: Buffer.byteLength(text),
      url: `https://cdn.discord.test/${message.id}/${id}/${encodeURIComponent(name)}`,
      proxy_url: `https://cdn.discord.test/${message.id}/${id}/${encodeURIComponent(name)}`,
      content_type: "text/plain; charset=utf-8",
    })),
    timestamp: timeOfSnowflake(message.id),
    edited_timestamp: message.versions.length > 1 ? timeOfSnowflake(place.newId()) : null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    pinned: false,
    flags: (message.onlyFor === undefined ? 0 : 64) | (message.isLoading ? 128 : 0),
    ...(message.nonce === undefined ? {} : { nonce: message.nonce }),
  };
}

/** Discord writes times in another form than they were given in. */
function describeEmbed({ timestamp, ...embed }: APIEmbed): object {
  const time =
    timestamp === undefined ? {} : { timestamp: new Date(timestamp).toISOString().replace("Z", "000+00:00") };
  return { type: "rich", ...embed, ...time };
}
