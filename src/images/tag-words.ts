/** A run of letters and digits, `[lead][stem][trail]`: digits, what begins and ends with a letter, digits. */
export interface TagWord {
  /** What stands before it: `-`, `.`, `_`; empty when it begins the text. */
  readonly separator: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** All of `16`; the `79214` of `79214pre`. */
  readonly lead: string;
  /** In lower case: `ls` of `ls261`, `k3s` of `k3s2`. */
  readonly stem: string;
  /** `261` of `ls261`. */
  readonly trail: string;
}

/** The first word behind `from`, where another ends or the text begins. */
export function nextWord(text: string, from: number): TagWord | undefined {
  let start = from;
  while (start < text.length && !isWordCharacter(text, start)) start++;
  if (start === text.length) return undefined;
  let end = start + 1;
  while (end < text.length && isWordCharacter(text, end)) end++;
  return readWord(text, from, start, end);
}

function readWord(text: string, separatorStart: number, start: number, end: number): TagWord {
  const leadEnd = Math.min(endOfDigits(text, start), end);
  let trailStart = end;
  while (trailStart > leadEnd && isDigitAt(text, trailStart - 1)) trailStart--;
  const word = text.slice(start, end);
  return {
    separator: text.slice(separatorStart, start),
    text: word,
    start,
    end,
    lead: leadEnd === end ? word : text.slice(start, leadEnd),
    stem: text.slice(leadEnd, trailStart).toLowerCase(),
    trail: text.slice(trailStart, end),
  };
}

/** The index of the first character from `start` on that is no digit. */
export function endOfDigits(text: string, start: number): number {
  let end = start;
  while (isDigitAt(text, end)) end++;
  return end;
}

export function isDigitAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 48 && code <= 57;
}

function isLetterAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index) | 32;
  return code >= 97 && code <= 122;
}

function isWordCharacter(text: string, index: number): boolean {
  return isDigitAt(text, index) || isLetterAt(text, index);
}

const shortestCommit = 7;
const longestAbbreviation = 8;

/**
 * Hex digits in lower case, 7 or more. Without a letter only as long as git and GitLab abbreviate; a date is no commit,
 * though some commit will look like one.
 */
export function isCommit(text: string): boolean {
  if (text.length < shortestCommit) return false;
  let hasLetter = false;
  for (let index = 0; index < text.length; index++) {
    if (isDigitAt(text, index)) continue;
    const code = text.charCodeAt(index);
    if (code < 97 || code > 102) return false;
    hasLetter = true;
  }
  return hasLetter || (text.length <= longestAbbreviation && !isJoinedDate(text));
}

/** `YYYYMMDD`, alone or with 2, 4 or 6 more digits (a counter, hour and minute, and second). */
export function isJoinedDate(digits: string): boolean {
  const { length } = digits;
  if (length !== 8 && length !== 10 && length !== 12 && length !== 14) return false;
  return isYear(digits.slice(0, 4)) && isMonth(digits.slice(4, 6)) && isDay(digits.slice(6, 8));
}

export function isYear(digits: string): boolean {
  return digits.length === 4 && digits >= "1990" && digits <= "2099";
}

export function isMonth(digits: string): boolean {
  return digits.length === 2 && digits >= "01" && digits <= "12";
}

export function isDay(digits: string): boolean {
  return digits.length === 2 && digits >= "01" && digits <= "31";
}
