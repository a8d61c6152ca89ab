import type { BoardMessage } from "../../board/board.ts";
import type { Message } from "../../message.ts";
import { composeMessage } from "../../messages/compose-message.ts";
import { writePrompt } from "../../prompts/write-prompt.ts";
import { writeNotice } from "./write-notice.ts";

/** What a message should look like. Its mark is the time stamp of its first card. */
export function writeBoardMessage(message: BoardMessage): Message {
  const { content } = message;
  return composeMessage(content.type === "prompt" ? writePrompt(message, content) : writeNotice(message, content));
}
