import type { PreReleaseStep } from "./tag.ts";
import type { TagWord } from "./tag-words.ts";

/**
 * The word of a pre-release and how settled it is. Those of 0 move daily and do not follow one another.
 * `needs`: what must be there so that the word is no variant (`-dev` is often an image with tools) or build (`-b08`).
 */
interface PreReleaseWord {
  readonly word: string;
  readonly stability: number;
  readonly needs?: "number" | "number-touching" | "number-or-dot";
}

const preReleaseWords: ReadonlyMap<string, PreReleaseWord> = new Map<string, PreReleaseWord>([
  ["dev", { word: "dev", stability: 0, needs: "number-or-dot" }],
  ["next", { word: "next", stability: 0, needs: "number-or-dot" }],
  ["nightly", { word: "nightly", stability: 0 }],
  ["snapshot", { word: "snapshot", stability: 0 }],
  ["canary", { word: "canary", stability: 0 }],
  ["unstable", { word: "unstable", stability: 0 }],
  ["experimental", { word: "experimental", stability: 0 }],
  ["a", { word: "alpha", stability: 1, needs: "number" }],
  ["alpha", { word: "alpha", stability: 1 }],
  ["b", { word: "beta", stability: 2, needs: "number-touching" }],
  ["beta", { word: "beta", stability: 2 }],
  ["m", { word: "milestone", stability: 3, needs: "number" }],
  ["milestone", { word: "milestone", stability: 3 }],
  ["pre", { word: "preview", stability: 3 }],
  ["preview", { word: "preview", stability: 3 }],
  ["ea", { word: "ea", stability: 3 }],
  ["eap", { word: "ea", stability: 3 }],
  ["rc", { word: "rc", stability: 4 }],
  ["cr", { word: "rc", stability: 4 }],
]);

/** The pre-release that a word of a suffix begins, with the numbers inside the word; undefined when it begins none. */
export function readPreRelease(word: TagWord, next: TagWord | undefined): PreReleaseStep | undefined {
  const rule = preReleaseWords.get(word.stem);
  if (rule === undefined || !hasNeeded(rule.needs, word, next)) return undefined;
  const numbers = [word.lead, word.trail].filter((digits) => digits !== "");
  return { word: rule.word, stability: rule.stability, numbers };
}

function hasNeeded(needs: PreReleaseWord["needs"], word: TagWord, next: TagWord | undefined): boolean {
  const isCounted = word.trail !== "" || (next?.stem === "" && next.separator === ".");
  switch (needs) {
    case undefined:
      return true;
    case "number":
      return isCounted;
    case "number-touching":
      return isCounted && (word.separator === "" || word.trail === "");
    case "number-or-dot":
      return isCounted || next?.stem === "" || next?.separator === "." || ["", "."].includes(word.separator);
  }
}
