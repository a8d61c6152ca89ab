import type { NoticeItem } from "../../board/board.ts";
import type { Bar } from "../../messages/draft.ts";
import { actorName } from "../../text/actor-name.ts";
import { lines } from "../../text/markdown.ts";
import { plain } from "../../text/plain.ts";
import { quote } from "../../text/quote.ts";
import type { NoticeText } from "./write-notice.ts";

/** A line or two each, in the words of the event, with what to do about it. */
export function writeTroubles(heading: string, bar: Bar, items: readonly NoticeItem[]): NoticeText {
  return {
    bar,
    heading,
    entries: items.map(({ text, hint, by }) =>
      lines(
        quote(by === undefined ? text : `${text} (${actorName(by)})`, 700),
        hint === undefined ? undefined : plain(hint, 300),
      ),
    ),
  };
}
