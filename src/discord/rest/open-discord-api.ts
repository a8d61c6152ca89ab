import type { APIEmbed } from "discord-api-types/v10";
import { z } from "zod";
import type { PostedMessage } from "../message.ts";
import type { DiscordApi } from "./discord-api.ts";
import type { DiscordRest } from "./discord-rest.ts";
import { refusalNumber } from "./explain-rest-failure.ts";
import { messageBody } from "./message-body.ts";

const threadIsArchived = 50_083;

const message = z.object({
  id: z.string(),
  channel_id: z.string(),
  author: z.object({ id: z.string() }).optional(),
  embeds: z.array(z.custom<APIEmbed>()).default([]),
});

/** `botId`: the bot's own user id, as of its latest sign-in. */
export function openDiscordApi(rest: DiscordRest, botId: () => string | undefined): DiscordApi {
  return {
    async post(channelId, content, nonce, signal) {
      const posted = await rest({
        method: "post",
        path: `/channels/${channelId}/messages`,
        what: `take a message for channel ${channelId}`,
        body: { ...messageBody(content), nonce, enforce_nonce: true },
        files: content.files,
        signal,
      });
      return toPosted(message.parse(posted));
    },
    async edit(channelId, messageId, content, signal) {
      const change = () =>
        rest({
          method: "patch",
          path: `/channels/${channelId}/messages/${messageId}`,
          what: `change a message in channel ${channelId}`,
          body: messageBody(content),
          files: content.files,
          signal,
        });
      try {
        await change();
      } catch (error) {
        if (refusalNumber(error) !== threadIsArchived) throw error;
        await openThread(rest, channelId, signal);
        await change();
      }
    },
    async recent(channelId, signal) {
      const messages = await rest({
        method: "get",
        path: `/channels/${channelId}/messages`,
        what: `show the messages of channel ${channelId}`,
        query: { limit: "100" },
        signal,
      });
      return z
        .array(message)
        .parse(messages)
        .filter(({ author }) => author !== undefined && author.id === botId())
        .map(toPosted);
    },
  };
}

/** Where nobody wrote for some days Discord lets messages be posted, but not changed. */
async function openThread(rest: DiscordRest, threadId: string, signal: AbortSignal): Promise<void> {
  const body = { archived: false };
  await rest({
    method: "patch",
    path: `/channels/${threadId}`,
    what: `open the thread ${threadId} again`,
    body,
    signal,
  });
}

function toPosted({ id, channel_id, embeds }: z.infer<typeof message>): PostedMessage {
  return { id, channelId: channel_id, embeds };
}
