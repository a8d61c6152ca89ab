import { endOfDigits, isCommit, isDigitAt, nextWord, type TagWord } from "./tag-words.ts";

type FoundVersion =
  | { readonly kind: "version"; readonly start: number }
  | { readonly kind: "floating" }
  | { readonly kind: "commit" };

/** Letters that may touch a number and announce it. Others (`java21`, `alpine3.20`, `arm64`) are names. */
const announcements = new Set(["v", "ver", "version", "rel", "release", "r", "rev", "b", "build"]);
const commitWords = new Set(["sha", "commit"]);
/** What these count is no version. */
const requestWords = new Set(["pr", "pull", "mr"]);
/** A number further behind these belongs to something else: `stable-9753`, but `stable-debian-12`. */
const movingWords = new Set(
  "latest stable unstable lts edge nightly main master mainline rolling dev develop canary testing".split(" "),
);

/** Where the numbers of a tag begin, behind its prefix. */
export function findVersion(text: string): FoundVersion {
  let before: TagWord | undefined;
  let isInName = false;
  for (let word = nextWord(text, 0); word !== undefined; before = word, word = nextWord(text, word.end)) {
    isInName = isInName && word.separator === "." && word.stem === "";
    if (isInName) continue;
    if (commitWords.has(word.stem) && word.lead === "" && word.end < text.length) return { kind: "commit" };
    const start = startOfNumber(word, before);
    const rest = start === undefined ? word.text : text.slice(start, word.end);
    if (isCommit(rest) && !(endOfDigits(rest, 0) === rest.length && isDotted(text, word))) return { kind: "commit" };
    if (start !== undefined) return { kind: "version", start };
    isInName = word.trail !== "";
    if (requestWords.has(word.stem)) return { kind: "floating" };
    if (before?.start === 0 && movingWords.has(before.stem)) return { kind: "floating" };
  }
  return { kind: "floating" };
}

function startOfNumber(word: TagWord, before: TagWord | undefined): number | undefined {
  if (word.lead !== "") return before?.text === "x86" && word.text === "64" ? undefined : word.start;
  let letters = 0;
  while (letters < word.text.length && !isDigitAt(word.text, letters)) letters++;
  if (letters === word.text.length) return undefined;
  return announcements.has(word.text.slice(0, letters).toLowerCase()) ? word.start + letters : undefined;
}

/** More digits stand behind a dot: then even seven or eight are a version. */
function isDotted(text: string, word: TagWord): boolean {
  const next = nextWord(text, word.end);
  return next !== undefined && next.separator === "." && next.lead !== "" && !isCommit(next.text);
}
