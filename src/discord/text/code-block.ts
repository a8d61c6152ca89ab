import { cut } from "./cut.ts";
import type { Markdown } from "./markdown.ts";
import { visible } from "./visible.ts";

const open = "```\n";
const close = "\n```";

/** A block of code that nothing in it closes, at most `limit` characters with its fences; blanks where there is nothing. */
export function codeBlock(text: string, limit = Number.POSITIVE_INFINITY): Markdown {
  // Discord takes an empty block for an open one. The third backtick in a row becomes one that only looks like it.
  const content = visible(text)
    .replace(/^\n+|\s+$/g, "")
    .replace(/``(?=`)/g, "`ˋ");
  const within = cut(content, limit - open.length - close.length);
  return { markdown: `${open}${within === "" ? " " : within}${close}` };
}

/** Code within a line. */
export function code(text: string, limit = Number.POSITIVE_INFINITY): Markdown {
  const line = visible(text).replace(/\s+/g, " ").trim().replaceAll("`", "ˋ");
  return { markdown: line === "" ? "" : `\`${cut(line, limit - 2)}\`` };
}
