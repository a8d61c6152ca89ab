import { type NumberedTag, type PreReleaseStep, parseTag, type Tag } from "./tag.ts";

/**
 * Negative when `a` is the older tag, 0 when there is no telling (the same version, or two commits of it), undefined
 * when they are not of one family. Pre-releases are of their release's family and older than it.
 */
export function compareTags(a: string, b: string): number | undefined {
  if (a === b) return 0;
  const [first, second] = [parseTag(a), parseTag(b)];
  if (!isNumbered(first) || !isNumbered(second)) return undefined;
  return findDifference(first, second) === undefined ? orderTags(first, second) : undefined;
}

function isNumbered(tag: Tag): tag is NumberedTag {
  return tag.kind === "version" || tag.kind === "date";
}

export type FamilyDifference = "kind" | "prefix" | "count" | "scheme" | "padding" | "variant" | "build";

/** What keeps two tags from replacing one another; undefined when they are of one family. */
export function findDifference(a: NumberedTag, b: NumberedTag): FamilyDifference | undefined {
  if (a.prefix !== b.prefix) return "prefix";
  if (a.kind !== b.kind) return "kind";
  if (a.numbers.length !== b.numbers.length) return "count";
  if (a.scheme !== b.scheme) return "scheme";
  if (!fitsPadding(a.numbers, b.numbers)) return "padding";
  if (a.variant !== b.variant) return "variant";
  if (a.buildForm !== b.buildForm) return "build";
  return undefined;
}

/**
 * A number with a leading zero has a fixed width, and a shorter one beside it is of another scheme: `20.04` and `4.6`.
 * `20.04` is a year and a month, whose year has two digits as well: not `5.10`.
 */
function fitsPadding(a: readonly string[], b: readonly string[]): boolean {
  const isFitting = a.every((number, index) => {
    const other = b[index] ?? "";
    return !((isPadded(number) && other.length < number.length) || (isPadded(other) && number.length < other.length));
  });
  if (!isFitting) return false;
  return !(isYearAndMonth(a) || isYearAndMonth(b)) || a[0]?.length === b[0]?.length;
}

function isPadded(number: string): boolean {
  return number.length > 1 && number.startsWith("0");
}

function isYearAndMonth(numbers: readonly string[]): boolean {
  return numbers[0]?.length === 2 && numbers[1]?.length === 2 && isPadded(numbers[1]);
}

/** The order of two tags of one family: by numbers, then pre-releases before their release, then builds. */
export function orderTags(a: NumberedTag, b: NumberedTag): number {
  const byNumbers = compareNumbers(a.numbers, b.numbers);
  if (byNumbers !== 0) return byNumbers;
  const byPreRelease = comparePreReleases(a.preRelease, b.preRelease);
  if (byPreRelease !== 0) return byPreRelease;
  const index = a.builds.findIndex((build, place) => compareNumbers(build, b.builds[place] ?? []) !== 0);
  return compareNumbers(a.builds[index] ?? [], b.builds[index] ?? []);
}

/** What ends first is the release of what goes on: `2.0.0` of `2.0.0-beta`, `-beta` of `-beta-SNAPSHOT`. */
export function comparePreReleases(a: readonly PreReleaseStep[], b: readonly PreReleaseStep[]): number {
  for (const [index, step] of a.entries()) {
    const other = b[index];
    if (other === undefined) return -1;
    if (step.stability !== other.stability) return step.stability - other.stability;
    if (step.word !== other.word) return step.word < other.word ? -1 : 1;
    const byNumbers = compareNumbers(step.numbers, other.numbers);
    if (byNumbers !== 0) return byNumbers;
  }
  return b.length > a.length ? 1 : 0;
}

/** A missing number is less than any. */
function compareNumbers(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < a.length || index < b.length; index++) {
    const order = compareDigits(a[index] ?? "", b[index] ?? "");
    if (order !== 0) return order;
  }
  return 0;
}

/** The index of the first number whose value differs, in two lists of one length; -1 when none does. */
export function firstDifferentNumber(a: readonly string[], b: readonly string[]): number {
  return a.findIndex((digits, index) => compareDigits(digits, b[index] ?? "") !== 0);
}

/** By value, however long: numbers in tags exceed what a double holds. */
function compareDigits(a: string, b: string): number {
  if (a === b) return 0;
  const first = withoutZeros(a);
  const second = withoutZeros(b);
  if (first.length !== second.length) return first.length - second.length;
  return first < second ? -1 : first > second ? 1 : 0;
}

function withoutZeros(digits: string): string {
  let start = 0;
  while (start < digits.length - 1 && digits.charAt(start) === "0") start++;
  return start === 0 ? digits : digits.slice(start);
}
