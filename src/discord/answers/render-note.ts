import type { Message } from "../message.ts";
import { composeMessage } from "../messages/compose-message.ts";
import type { Bar } from "../messages/draft.ts";
import type { Text } from "../text/markdown.ts";

/** A line of Talos' own, for whoever clicked or asked. */
export function renderNote(text: Text, atMs: number, bar: Bar = "over"): Message {
  return composeMessage({ cards: [{ bar, body: [text], atMs }] });
}
