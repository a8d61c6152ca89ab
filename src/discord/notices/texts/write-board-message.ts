import type { BoardMessage } from "../../board/board.ts";
import type { Message } from "../../message.ts";
import { composeMessage } from "../../messages/compose-message.ts";
import type { Draft } from "../../messages/draft.ts";
import { writePrompt } from "../../prompts/write-prompt.ts";
import { writeNotice } from "./write-notice.ts";
import { writePipeline } from "./write-pipeline.ts";

/** What a message should look like. Its mark is the time stamp of its first card. */
export function writeBoardMessage(message: BoardMessage): Message {
  return composeMessage(writeDraft(message, message.content));
}

function writeDraft(message: BoardMessage, content: BoardMessage["content"]): Draft {
  switch (content.type) {
    case "prompt":
      return writePrompt(message, content);
    case "notice":
      return writeNotice(message, content);
    case "pipeline":
      return writePipeline(message, content);
  }
}
