/**
 * Text for Discord. A `string` is always text from outside (names of images and containers, commit messages, errors):
 * whatever takes one makes it harmless, so that it cannot mention, format, link or reorder. `Markdown` is what Discord may
 * interpret, and messages take nothing else; it is made by the functions of this folder alone.
 *
 * A backslash makes every sign of Discord's markdown a plain one, except inside code, where nothing but backticks
 * counts. Embeds do not notify anyone, and every message is sent without allowed mentions; this is the second lock.
 */
import { plain } from "./plain.ts";

export interface Markdown {
  readonly markdown: string;
}

/** A string is from outside. */
export type Text = string | Markdown;

/** Markdown of Talos' own with text in it: md`${repository} » ${service}, ${time(atMs)}`. */
export function md(own: TemplateStringsArray, ...texts: readonly (Text | number)[]): Markdown {
  const written = own.map((piece, index) => {
    const text = texts[index];
    return text === undefined ? piece : `${piece}${typeof text === "number" ? text : toMarkdown(text).markdown}`;
  });
  return { markdown: written.join("") };
}

export function toMarkdown(text: Text): Markdown {
  return typeof text === "string" ? plain(text) : text;
}

/** One below the other; those without any text have no line. */
export function lines(...texts: readonly (Text | undefined)[]): Markdown {
  return join(texts, "\n");
}

export function join(texts: readonly (Text | undefined)[], between: string): Markdown {
  const written = texts.flatMap((text) => (text === undefined ? [] : [toMarkdown(text).markdown]));
  return { markdown: written.filter((text) => text !== "").join(between) };
}

export function bold(line: Text): Markdown {
  return around(line, "**", "**");
}

export function italic(line: Text): Markdown {
  return around(line, "*", "*");
}

/** The small grey line; begins a line. */
export function small(line: Text): Markdown {
  return around(line, "-# ", "");
}

function around(line: Text, before: string, after: string): Markdown {
  const { markdown } = toMarkdown(line);
  return { markdown: markdown === "" ? "" : `${before}${markdown}${after}` };
}
