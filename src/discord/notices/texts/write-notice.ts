import type { BoardMessage, ListedKind, Notice, NoticeItem } from "../../board/board.ts";
import type { Bar, Card, Draft } from "../../messages/draft.ts";
import { repositoryName } from "../../prompts/name-question.ts";
import { bold, type Markdown, md, small } from "../../text/markdown.ts";
import { plain } from "../../text/plain.ts";
import { writeAvailable } from "./write-available.ts";
import { writeFailures } from "./write-failures.ts";
import { writePushed } from "./write-pushed.ts";
import { writeTroubles } from "./write-troubles.ts";

/** What a kind of notice says below its heading: each entry is about one thing, and is shown whole or not at all. */
export interface NoticeText {
  readonly bar: Bar;
  readonly heading: string;
  readonly entries: readonly Markdown[];
}

/** Of the 4096 characters that a card may have; heading and the last line come on top. */
const room = 3600;

export function writeNotice({ markMs }: Pick<BoardMessage, "markMs">, { kind, source, items, more }: Notice): Draft {
  const { bar, heading, entries } = writers[kind](items);
  const { shown, left } = takeWhatFits(entries);
  const rest = left + more;
  const card: Card = {
    bar,
    atMs: markMs,
    body: [
      bold(heading),
      ...(source === undefined ? [] : [small(plain(repositoryName(source), 200))]),
      ...shown,
      ...(rest === 0 ? [] : [small(md`and ${rest} more`)]),
    ],
  };
  return { cards: [card] };
}

const writers: Readonly<Record<ListedKind, (items: readonly NoticeItem[]) => NoticeText>> = {
  UpdateAvailable: writeAvailable,
  Pushed: writePushed,
  Failed: (items) => writeFailures("Update failed, and is tried again", items),
  DeadLettered: (items) => writeFailures("Update failed", items),
  Held: (items) => writeTroubles("Held", "over", items),
  GroupIncomplete: (items) => writeTroubles("Group incomplete", "failed", items),
  ScanError: (items) => {
    const event = items.at(-1)?.event;
    if (event === "scan-recovered" || event === "store-back") return writeTroubles("Well again", "done", items);
    return writeTroubles(event === "store-gone" ? "Store not reachable" : "Scan failed", "failed", items);
  },
};

function takeWhatFits(entries: readonly Markdown[]): { readonly shown: readonly Markdown[]; readonly left: number } {
  let length = 0;
  const shown = entries.filter(({ markdown }) => {
    length += markdown.length + 1;
    return length <= room;
  });
  return { shown, left: entries.length - shown.length };
}
