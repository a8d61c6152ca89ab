/**
 * What an operation answered, as a message for Discord, laid out for a phone: coloured bar, bold heading, small line of
 * what it is about, then the view, in pages where it is long. It is rendered anew for every page, from the same answer.
 */
import type { Message } from "../message.ts";
import { composeMessage } from "../messages/compose-message.ts";
import type { Block } from "../messages/draft.ts";
import { bold, toMarkdown } from "../text/markdown.ts";
import type { Answer } from "./answer.ts";
import { answerBar, answerHead } from "./answer-head.ts";
import { choiceRows } from "./choice-rows.ts";
import { pageRow } from "./page-row.ts";
import { type Page, paginate } from "./paginate.ts";
import { viewPieces } from "./view-pieces.ts";

/** `page` from 0, the nearest one where there is no such page; or the one on which a choice stands. */
export function renderAnswer(answer: Answer, page: number | { readonly ofChoice: number } = 0): Message {
  const isError = !answer.ok && answer.code !== "cancelled";
  const pages = paginate(viewPieces(answer.view, { isError, nowMs: answer.atMs }));
  const wanted = typeof page === "number" ? page : pageOf(page.ofChoice, pages);
  const shown = Math.min(Math.max(0, wanted), pages.length - 1);
  const pieces = pages[shown] ?? [];
  const body = [answerHead(answer), ...(isError && shown === 0 ? [bold("Error")] : []), ...blocksOf(pieces)];
  const choices = pieces.flatMap(({ choice }) =>
    choice === undefined || answer.used?.includes(choice.index) === true ? [] : [choice],
  );
  return composeMessage({
    cards: [{ bar: answerBar(answer), body, atMs: answer.atMs }],
    rows: [...choiceRows(choices, answer.id), ...pageRow(answer.id, shown, pages.length)],
    files: pieces.flatMap(({ file }) => (file === undefined ? [] : [file])),
  });
}

function pageOf(index: number, pages: readonly Page[]): number {
  return pages.findIndex((pieces) => pieces.some(({ choice }) => choice?.index === index));
}

/** Code has air around it by itself. */
function blocksOf(pieces: Page): readonly Block[] {
  return pieces.flatMap(({ block, isApart, heading }, index) => {
    if (block === undefined) return [];
    const hasAir = index === 0 ? heading === "section" : isApart === true;
    if (!hasAir || (typeof block === "object" && "code" in block)) return [block];
    return [{ markdown: `\n${toMarkdown(block).markdown}` }];
  });
}
