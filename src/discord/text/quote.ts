import type { Markdown } from "./markdown.ts";
import { plain } from "./plain.ts";
import { visible } from "./visible.ts";

/** Lines from outside, each quoted with `> `, at most `limit` characters of Markdown in all. */
export function quote(text: string, limit = Number.POSITIVE_INFINITY): Markdown {
  let written = "";
  for (const line of visible(text).trim().split("\n")) {
    const room = limit - written.length - 3;
    if (room < 1) break;
    written += `${written === "" ? "" : "\n"}> ${plain(line, room).markdown}`;
  }
  return { markdown: written };
}
