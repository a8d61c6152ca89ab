import { findDomainFault } from "./domain-fault.ts";
import { firstWhere, isDigit, isHex, isLetterOrDigit, isLowerLetterOrDigit } from "./reference-characters.ts";
import type { ReferenceParts } from "./split-reference.ts";
import { type ReferenceFault, wrongCharacter } from "./wrong-character.ts";

const longestPath = 255;
const longestTag = 128;
const shortestHash = 32;
const hashLengths: ReadonlyMap<string, number> = new Map([
  ["sha256", 64],
  ["sha384", 96],
  ["sha512", 128],
]);

export function findReferenceFault(text: string, parts: ReferenceParts): ReferenceFault | undefined {
  return (
    findBlank(text) ??
    (parts.domain === undefined ? undefined : findDomainFault(parts.domain)) ??
    findPathFault(parts.path, parts.pathStart) ??
    (parts.tag === undefined ? undefined : findTagFault(parts.tag, parts.tagStart)) ??
    (parts.digest === undefined ? undefined : findDigestFault(parts.digest, parts.digestStart))
  );
}

function findBlank(text: string): ReferenceFault | undefined {
  if (text.trim() === "") return { index: 0, text: "There is no image here; write one such as redis:7." };
  const index = text.search(/\s/);
  return index < 0 ? undefined : wrongCharacter(text, index, "an image has no blanks; remove it");
}

function findPathFault(path: string, start: number): ReferenceFault | undefined {
  if (path === "")
    return { index: start, text: "The name of the image is missing here; write one such as redis before the rest." };
  for (let index = 0; index < path.length; ) {
    const character = path.charAt(index);
    if (isLowerLetterOrDigit(character)) {
      index++;
      continue;
    }
    const end = endOfSeparator(path, index);
    if (end === index || !isLowerLetterOrDigit(path.charAt(index - 1)) || !isLowerLetterOrDigit(path.charAt(end)))
      return wrongInPath(path, index === end ? index : misplaced(path, index, end), start);
    index = end;
  }
  if (path.length > longestPath)
    return {
      index: start + longestPath,
      text: `The name of the image has ${path.length} characters; ${longestPath} are allowed.`,
    };
  if (path.length === 64 && firstWhere(path, 0, (character) => !isHex(character)) === 64)
    return {
      index: start,
      text: "64 hex digits are an image's id and not a name; write the repository, such as redis:7.",
    };
  return undefined;
}

/** Where the separator that begins at `index` ends: `.`, `_`, `__`, `-` any number of times, or `/`. */
function endOfSeparator(path: string, index: number): number {
  const character = path.charAt(index);
  if (character === "-") return firstWhere(path, index, (other) => other !== "-");
  if (character === "_" && path[index + 1] === "_") return index + 2;
  return "._/".includes(character) ? index + 1 : index;
}

/** The character that makes a separator wrong: the one after it when that is no letter or digit, else itself. */
function misplaced(path: string, index: number, end: number): number {
  return isLowerLetterOrDigit(path.charAt(index - 1)) && end < path.length ? end : index;
}

function wrongInPath(path: string, index: number, start: number): ReferenceFault {
  const character = path.charAt(index);
  if (character >= "A" && character <= "Z")
    return wrongCharacter(path, index, `a repository is written in lower case: ${character.toLowerCase()}`, start);
  const isSeparator = "._-/".includes(character);
  const advice = isSeparator
    ? "in a repository one of . _ __ - / stands between two letters or digits"
    : "a repository has lower-case letters and digits, with . _ __ - or / between them";
  return wrongCharacter(path, index, advice, start);
}

function findTagFault(tag: string, start: number): ReferenceFault | undefined {
  if (tag === "")
    return { index: start - 1, text: "The colon has no tag behind it; write one such as :7, or remove it." };
  for (let index = 0; index < tag.length; index++) {
    const character = tag.charAt(index);
    if (isLetterOrDigit(character) || character === "_") continue;
    if (index > 0 && (character === "." || character === "-")) continue;
    const advice =
      character === "." || character === "-"
        ? "a tag begins with a letter, a digit or _"
        : "a tag has letters, digits, _ . and -";
    return wrongCharacter(tag, index, advice, start);
  }
  if (tag.length <= longestTag) return undefined;
  return { index: start + longestTag, text: `The tag has ${tag.length} characters; ${longestTag} are allowed.` };
}

function findDigestFault(digest: string, start: number): ReferenceFault | undefined {
  const colon = digest.indexOf(":");
  if (colon < 0) return { index: start, text: "A digest is written sha256: and 64 hex digits; the colon is missing." };
  const algorithmFault = findAlgorithmFault(digest, colon, start);
  if (algorithmFault !== undefined) return algorithmFault;
  const algorithm = digest.slice(0, colon);
  const bad = firstWhere(digest, colon + 1, (character) => !isHex(character));
  if (bad < digest.length) return wrongCharacter(digest, bad, "a digest has the digits 0-9 and a-f", start);
  const found = digest.length - colon - 1;
  const wanted = hashLengths.get(algorithm) ?? Math.max(found, shortestHash);
  if (found === wanted) return undefined;
  const atLeast = hashLengths.has(algorithm) ? "" : "at least ";
  const index = start + colon + 1 + Math.min(found, wanted);
  return { index, text: `The digest has ${found} hex digits; ${algorithm} has ${atLeast}${wanted}.` };
}

/** Words that begin with a letter, one of `+ . - _` between two. */
function findAlgorithmFault(digest: string, colon: number, start: number): ReferenceFault | undefined {
  if (colon === 0) return wrongCharacter(digest, 0, "the algorithm is missing before it; write sha256", start);
  for (let index = 0; index < colon; index++) {
    const character = digest.charAt(index);
    const isAfterLetter = isLetterOrDigit(digest.charAt(index - 1));
    if (isDigit(character) ? isAfterLetter : isLetterOrDigit(character)) continue;
    if ("+.-_".includes(character) && isAfterLetter && index + 1 < colon) continue;
    return wrongCharacter(digest, index, "a digest begins with its algorithm, such as sha256", start);
  }
  return undefined;
}
