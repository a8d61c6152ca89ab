import { cut } from "./cut.ts";
import type { Markdown } from "./markdown.ts";
import { visible } from "./visible.ts";

/** A line of text from outside as it is read: no mention, no formatting, no line break; cut to `limit`. */
export function plain(text: string, limit = Number.POSITIVE_INFINITY): Markdown {
  const line = visible(text).replace(/\s+/g, " ").trim();
  // What makes a list, or small text, of a line.
  const [lead = ""] = /^(?:[-+]|\d+(?=\.(?:\s|$)))/.exec(line) ?? [];
  if (lead === "") return { markdown: cut(line, limit, escape) };
  const isNumber = /\d/.test(lead);
  const whole = cut(line, limit - 1, escape);
  if (whole === "") return { markdown: "" };
  return { markdown: isNumber ? whole.replace(/^(\d+)\./, "$1\\.") : `\\${whole}` };
}

/** The same of several lines. */
export function plainLines(text: string): Markdown {
  const written = visible(text)
    .trim()
    .split("\n")
    .map((line) => plain(line).markdown);
  return { markdown: written.join("\n") };
}

function escape(text: string): string {
  return text.replace(/[\\*_~|`<>@#[\]():]/g, "\\$&");
}
