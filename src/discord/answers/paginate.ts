import type { Block } from "../messages/draft.ts";
import { codeBlock } from "../text/code-block.ts";
import { toMarkdown } from "../text/markdown.ts";
import type { Piece } from "./piece.ts";

/** What a person reads without scrolling for long; well within what Discord takes. */
const pageLength = 1800;
const pageLines = 30;
/** Those of one select. */
const pageChoices = 25;

export type Page = readonly Piece[];

/**
 * Every piece on one page, in order. A heading is never the last on its page, and those of what goes on stand on the next one
 * again. There is always a page.
 */
export function paginate(pieces: readonly Piece[]): readonly Page[] {
  const pages: Piece[][] = [[]];
  let headings: readonly Piece[] = [];
  for (const piece of pieces) {
    let page = pages.at(-1) ?? [];
    headings = headingsAt(piece, headings);
    if (page.length > 0 && !hasRoom(page, piece)) {
      const carried = page.splice(page.findLastIndex(({ heading }) => heading === undefined) + 1);
      if (page.length === 0) pages.pop();
      page = [...new Set([...headings, ...carried])].filter((heading) => heading !== piece);
      pages.push(page);
    }
    page.push(piece);
  }
  return pages;
}

/** What stands above a piece. */
function headingsAt(piece: Piece, before: readonly Piece[]): readonly Piece[] {
  if (piece.heading === "section") return [piece];
  const section = before.filter(({ heading }) => heading === "section");
  if (piece.heading === "columns") return [...section, piece];
  return piece.isRow === true ? before : section;
}

function hasRoom(page: Page, piece: Piece): boolean {
  const all = [...page, piece];
  if (all.filter(({ choice }) => choice !== undefined).length > pageChoices) return false;
  const texts = all.flatMap(({ block, isApart }) =>
    block === undefined ? [] : [`${isApart ? "\n" : ""}${write(block)}\n`],
  );
  const text = texts.join("");
  return text.length <= pageLength && text.split("\n").length <= pageLines;
}

function write(block: Block): string {
  if (typeof block === "string" || "markdown" in block) return toMarkdown(block).markdown;
  return codeBlock(block.code).markdown;
}
