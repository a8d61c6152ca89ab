import type { LogLine } from "./log-buffer.ts";

/** The ids of the lines that hold the words, whatever their case, oldest first. */
export function findInLog(lines: readonly LogLine[], words: string): readonly number[] {
  const wanted = words.toLowerCase();
  return wanted === "" ? [] : lines.filter(({ text }) => text.toLowerCase().includes(wanted)).map(({ id }) => id);
}

/** Where to go from a line: to the next match in the direction, and round at the ends. */
export function nextMatch(matches: readonly number[], from: number | undefined, step: 1 | -1): number | undefined {
  if (step === 1) return matches.find((id) => from !== undefined && id > from) ?? matches[0];
  return matches.findLast((id) => from === undefined || id < from) ?? matches.at(-1);
}

/** The text in pieces, each a match or not. */
export function markMatches(
  text: string,
  words: string,
): readonly { readonly text: string; readonly isMatch: boolean }[] {
  if (words === "") return [{ text, isMatch: false }];
  const lower = text.toLowerCase();
  const wanted = words.toLowerCase();
  // In some scripts the small letters are more than the large ones: then places differ, and nothing is marked.
  if (lower.length !== text.length) return [{ text, isMatch: false }];
  const pieces: { readonly text: string; readonly isMatch: boolean }[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    if (at > from) pieces.push({ text: text.slice(from, at), isMatch: false });
    from = at + wanted.length;
    pieces.push({ text: text.slice(at, from), isMatch: true });
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isMatch: false });
  return pieces;
}
