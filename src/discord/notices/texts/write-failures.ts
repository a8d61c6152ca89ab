import type { NoticeItem } from "../../board/board.ts";
import { bold, join, lines, type Markdown, md } from "../../text/markdown.ts";
import { plain } from "../../text/plain.ts";
import { quote } from "../../text/quote.ts";
import { nameItem } from "./write-available.ts";
import type { NoticeText } from "./write-notice.ts";

const namesShown = 12;

/** What failed for one reason is told together. */
export function writeFailures(heading: string, items: readonly NoticeItem[]): NoticeText {
  const causes = Map.groupBy(items, ({ reason, text }) => reason ?? text);
  return { bar: "failed", heading, entries: [...causes].map(([reason, those]) => writeCause(reason, those)) };
}

function writeCause(reason: string, items: readonly NoticeItem[]): Markdown {
  const names = [...new Set(items.map(nameItem))];
  const shown = names.slice(0, namesShown).map((name) => bold(plain(name, 60)));
  const rest = names.length - shown.length;
  return lines(rest > 0 ? md`${join(shown, ", ")} and ${rest} more` : join(shown, ", "), quote(reason, 700));
}
