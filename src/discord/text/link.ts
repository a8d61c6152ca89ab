import { type Markdown, type Text, toMarkdown } from "./markdown.ts";
import { plain } from "./plain.ts";

const longestAddress = 1000;

/** `[text](<url>)`; only the text where it is no address of the web. A string is text from outside. */
export function link(text: Text, url: string): Markdown {
  const address = webAddress(url);
  const label = typeof text === "string" ? linkText(text) : text;
  if (address === undefined || address.length > longestAddress || label.markdown === "") return toMarkdown(text);
  return { markdown: `[${label.markdown}](<${address}>)` };
}

/** The address as it is written in a link or on a button; undefined: it leads nowhere Talos sends people to. */
export function webAddress(url: string): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null || !["https:", "http:"].includes(parsed.protocol)) return undefined;
  // Credentials are nobody's business, and mislead about where the link goes.
  parsed.username = "";
  parsed.password = "";
  return parsed.href.replace(/[()<>"'`\\\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Discord does not link a text with brackets or an address in it. */
function linkText(text: string): Markdown {
  return plain(
    text
      .replace(/\w+:\/\//g, "")
      .replaceAll("[", "(")
      .replaceAll("]", ")"),
  );
}
