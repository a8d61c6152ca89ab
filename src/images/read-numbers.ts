import { endOfDigits, isCommit, isDay, isDigitAt, isJoinedDate, isMonth, isYear, nextWord } from "./tag-words.ts";

/**
 * `scheme` has one mark per number and the text between them: `n` a number, `y` a year, `d` a date within a version.
 * It begins with `n` for versions only. `end` is where the suffix begins.
 */
interface VersionNumbers {
  readonly numbers: readonly string[];
  readonly scheme: string;
  readonly end: number;
}

/** The numbers that begin at `start`, where a digit stands. */
export function readNumbers(text: string, start: number): VersionNumbers {
  return readDashedDate(text, start) ?? readJoinedDate(text, start) ?? readDotted(text, start);
}

/** `2026-01-15`, `2026-01`, `2026-01-16T16-07-38Z`. */
function readDashedDate(text: string, start: number): VersionNumbers | undefined {
  const yearEnd = endOfDigits(text, start);
  const separator = text.charAt(yearEnd);
  if ((separator !== "-" && separator !== "_") || !isYear(text.slice(start, yearEnd))) return undefined;
  const monthEnd = endOfDigits(text, yearEnd + 1);
  const month = text.slice(yearEnd + 1, monthEnd);
  if (!isMonth(month)) return undefined;
  const year = text.slice(start, yearEnd);
  const dayEnd = endOfDigits(text, monthEnd + 1);
  const day = text.slice(monthEnd + 1, dayEnd);
  if (text.charAt(monthEnd) === separator && isDay(day))
    return addTime(text, { numbers: [year, month, day], scheme: `y${separator}n${separator}n`, end: dayEnd });
  return { numbers: [year, month], scheme: `y${separator}n`, end: monthEnd };
}

/** `20260115`, `202601151230`, `20260115T1230`, `20260115.1`, and `260115`. */
function readJoinedDate(text: string, start: number): VersionNumbers | undefined {
  const end = endOfDigits(text, start);
  const digits = text.slice(start, end);
  if (isShortDate(digits) && !(text.charAt(end) === "." && isDigitAt(text, end + 1)))
    return { numbers: [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)], scheme: "date6", end };
  if (!isJoinedDate(digits)) return undefined;
  const more = digits.length > 8 ? [digits.slice(8)] : [];
  const date = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8), ...more];
  const time = addTime(text, { numbers: date, scheme: `date${digits.length}`, end });
  if (time.end > end || text.charAt(end) !== "." || !isDigitAt(text, end + 1)) return time;
  const rest = readDotted(text, end + 1);
  return { numbers: [...date, ...rest.numbers], scheme: `${time.scheme}.${rest.scheme}`, end: rest.end };
}

function isShortDate(digits: string): boolean {
  if (digits.length !== 6 || digits < "15" || digits >= "40") return false;
  return isMonth(digits.slice(2, 4)) && isDay(digits.slice(4));
}

/** `T16-07-38Z`, `T160738`: at most three numbers behind a `T`. */
function addTime(text: string, date: VersionNumbers): VersionNumbers {
  if (text.charAt(date.end) !== "T" || !isDigitAt(text, date.end + 1)) return date;
  const time: string[] = [];
  let end = date.end;
  while (time.length < 3 && isDigitAt(text, end + 1) && (time.length === 0 || "-_:".includes(text.charAt(end)))) {
    const start = end + 1;
    end = endOfDigits(text, start);
    time.push(text.slice(start, end));
  }
  const zone = text.charAt(end) === "Z" ? 1 : 0;
  return { numbers: [...date.numbers, ...time], scheme: `${date.scheme}T${time.length}`, end: end + zone };
}

/** `1.25.3`, `2026.1.0`, `8u392`. */
function readDotted(text: string, start: number): VersionNumbers {
  let end = endOfDigits(text, start);
  const numbers = [text.slice(start, end)];
  let scheme = "n";
  while (isDigitAt(text, end + 1) && isJoint(text, end)) {
    const next = endOfDigits(text, end + 1);
    const number = text.slice(end + 1, next);
    scheme += `${text.charAt(end)}${isJoinedDate(number) ? "d" : "n"}`;
    numbers.push(number);
    end = next;
  }
  if (numbers.length > 1 && isYear(numbers[0] ?? "")) scheme = `y${scheme.slice(1)}`;
  return { numbers, scheme, end };
}

/** A dot, unless a commit stands behind it; or the `u` of Java's `8u392`. */
function isJoint(text: string, index: number): boolean {
  const joint = text.charAt(index);
  if (joint !== ".") return joint === "u";
  const end = endOfDigits(text, index + 1);
  const isHexLetter = "abcdef".includes(text.charAt(end)) && end < text.length;
  return !isHexLetter || !isCommit(nextWord(text, index + 1)?.text ?? "");
}
