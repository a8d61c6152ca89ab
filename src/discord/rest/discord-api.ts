import type { Message, PostedMessage } from "../message.ts";

/**
 * What is asked of Discord's REST API about messages of the channels. Each resolves when Discord has taken it, and repeats
 * by itself what may be repeated; a TalosError `discord-failed` tells what it did not take: `retryable` when it may take it
 * later (it is away, or too much was asked), not so when it never will (no such channel, no right to write there).
 */
export interface DiscordApi {
  /**
   * `nonce`, of 25 characters at most, lets Discord take the same message only once within a few minutes. Where the
   * outcome is in doubt after that, `recent` tells.
   */
  post(channelId: string, message: Message, nonce: string, signal: AbortSignal): Promise<PostedMessage>;
  edit(channelId: string, messageId: string, message: Message, signal: AbortSignal): Promise<void>;
  /** The bot's own messages among the latest hundred of the channel, newest first. */
  recent(channelId: string, signal: AbortSignal): Promise<readonly PostedMessage[]>;
}
