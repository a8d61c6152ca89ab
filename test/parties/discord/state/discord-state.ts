import type { Commands } from "./commands.ts";
import type { Interactions } from "./interactions.ts";
import { changedBy, type MessageBody, makeMessage, type StoredMessage, type UploadedFile } from "./messages.ts";
import type { Member, Place } from "./place.ts";

/** What this Discord knows. */
export interface DiscordState {
  readonly place: Place;
  readonly messages: StoredMessage[];
  readonly commands: Commands;
  readonly interactions: Interactions;
  /** Of messages that may not be posted twice: `channel nonce`. */
  readonly nonces: Map<string, StoredMessage>;
}

export function addMessage(
  { place, messages }: DiscordState,
  where: { readonly channelId: string; readonly author?: Member; readonly onlyFor?: string | undefined },
  body: MessageBody,
  uploads: readonly UploadedFile[] = [],
  isLoading = false,
): StoredMessage {
  const message = makeMessage(
    {
      id: place.newId(),
      channelId: where.channelId,
      author: where.author ?? place.bot,
      onlyFor: where.onlyFor,
      nonce: body.nonce === undefined || body.nonce === null ? undefined : String(body.nonce),
    },
    { ...changedBy(body, uploads), isLoading },
  );
  messages.push(message);
  return message;
}

export function findMessage({ messages }: DiscordState, id: string | undefined): StoredMessage | undefined {
  return messages.find((message) => message.id === id && !message.isDeleted);
}
