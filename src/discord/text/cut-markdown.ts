import type { Markdown } from "./markdown.ts";
import { plain } from "./plain.ts";

const fence = "```";

/**
 * Markdown in `limit` characters at most: whole lines, and `…` for those that are left out. A block of code that is cut is
 * closed; a line that is too long for all of it loses its formatting.
 */
export function cutMarkdown({ markdown }: Markdown, limit: number): Markdown {
  if (markdown.length <= limit) return { markdown };
  const kept: string[] = [];
  let isCode = false;
  let length = 0;
  // Room for what ends it: a line break, the fence, a line break and the sign.
  const room = limit - fence.length - 3;
  for (const line of markdown.split("\n")) {
    if (length + line.length + 1 > room) break;
    kept.push(line);
    length += line.length + 1;
    if (line.startsWith(fence)) isCode = !isCode;
  }
  // Discord takes an empty block for an open one.
  if (isCode && kept.at(-1)?.startsWith(fence) === true) {
    kept.pop();
    isCode = false;
  }
  if (kept.length === 0) return plain(unformatted(markdown.split("\n", 1).join()), limit);
  return { markdown: [...kept, ...(isCode ? [fence] : []), "…"].join("\n") };
}

function unformatted(line: string): string {
  return line.replace(/^(?:-# |> )/, "").replace(/\\([^0-9A-Za-z\s])|[*_`~]/g, "$1");
}
