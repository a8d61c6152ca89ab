import { stripVTControlCharacters } from "node:util";

/** Programs write pictures and whole documents as one line; nobody reads them in a log. */
const longest = 4000;

/** What a terminal would show of a line that a program has written: no colours, and of what it wrote over itself the last. */
export function readableLine(line: string): string {
  const plain = stripVTControlCharacters(line).trimEnd();
  const last = plain.slice(plain.lastIndexOf("\r") + 1).replaceAll("\t", "    ");
  const more = last.length - longest;
  return more > 0 ? `${last.slice(0, longest)}… and ${more} more characters` : last;
}
