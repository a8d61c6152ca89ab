import {
  comparePreReleases,
  type FamilyDifference,
  findDifference,
  firstDifferentNumber,
  orderTags,
} from "./compare-tags.ts";
import type { Size } from "./size.ts";
import { type NumberedTag, parseTag, type Tag } from "./tag.ts";

/** What one tag of a registry is to the tag in use. `text` is a short reason, to follow the tag's name. */
export type TagRelation =
  | { readonly kind: "candidate"; readonly size: Size }
  /** The same version, perhaps in another spelling. */
  | { readonly kind: "same" }
  | { readonly kind: "lower" }
  | {
      readonly kind: "other-family" | "other-scheme" | "pre-release" | "commit" | "no-version";
      readonly text: string;
    };

export function relateTag(current: string, tag: string): TagRelation {
  return relateParsedTag(parseTag(current), parseTag(tag));
}

/** The one rule of what may replace a tag. */
export function relateParsedTag(current: Tag, tag: Tag): TagRelation {
  if (current.text === tag.text) return { kind: "same" };
  if (tag.kind === "commit") return { kind: "commit", text: "a commit, which has no order" };
  if (tag.kind === "floating") return { kind: "no-version", text: "no version in it" };
  if (current.kind === "commit" || current.kind === "floating")
    return { kind: "no-version", text: `${current.text} has no version to compare with; only its digest is followed` };
  const difference = findDifference(current, tag);
  if (difference !== undefined) return describeDifference(difference, current, tag);
  const order = orderTags(current, tag);
  if (order > 0) return { kind: "lower" };
  if (order === 0) return relateEqual(current, tag);
  return findPreReleaseObstacle(current, tag) ?? { kind: "candidate", size: measureStep(current, tag) };
}

function relateEqual(current: NumberedTag, tag: NumberedTag): TagRelation {
  if (current.commit === tag.commit) return { kind: "same" };
  return { kind: "commit", text: "another commit of the same version; which is newer cannot be told" };
}

/** Nobody gets a pre-release who is not on one, nor one less settled than theirs. */
function findPreReleaseObstacle(current: NumberedTag, tag: NumberedTag): TagRelation | undefined {
  const [step] = tag.preRelease;
  if (step === undefined) return undefined;
  const [currentStep] = current.preRelease;
  if (currentStep === undefined) return { kind: "pre-release", text: `a pre-release (${step.word})` };
  if (step.word === currentStep.word || step.stability > currentStep.stability) return undefined;
  return { kind: "pre-release", text: `a pre-release (${step.word}) no more settled than ${currentStep.word}` };
}

/**
 * The first number that differs. Of the same numbers another pre-release, or the release, is a patch and another build
 * is a digest; builds with dots (`16-3.4`) are versions of their own and measured as such.
 */
function measureStep(current: NumberedTag, tag: NumberedTag): Size {
  const index = firstDifferentNumber(current.numbers, tag.numbers);
  if (index >= 0) return sizeOf(index);
  if (comparePreReleases(current.preRelease, tag.preRelease) !== 0) return "patch";
  for (const [place, build] of current.builds.entries()) {
    const different = firstDifferentNumber(build, tag.builds[place] ?? []);
    if (different >= 0) return build.length > 1 ? sizeOf(different) : "digest";
  }
  return "digest";
}

function sizeOf(index: number): Size {
  return index === 0 ? "major" : index === 1 ? "minor" : "patch";
}

function describeDifference(difference: FamilyDifference, current: NumberedTag, tag: NumberedTag): TagRelation {
  switch (difference) {
    case "prefix":
      return { kind: "other-family", text: describePrefix(tag.prefix, current.prefix) };
    case "count":
      return { kind: "other-family", text: `${countNumbers(tag)} instead of ${countNumbers(current, "short")}` };
    case "variant":
      return { kind: "other-family", text: describeVariant(tag, current) };
    case "build":
      return { kind: "other-family", text: describeBuild(tag, current) };
    case "kind":
      return { kind: "other-scheme", text: `a ${tag.kind} instead of a ${current.kind}` };
    case "scheme":
      return { kind: "other-scheme", text: `a ${tag.kind} that is written in another way` };
    case "padding":
      return { kind: "other-scheme", text: "numbers filled up with zeros in another way" };
  }
}

function describePrefix(prefix: string, current: string): string {
  return prefix === "" ? `without the prefix ${current}` : `another prefix (${prefix})`;
}

const countWords = ["no", "one", "two", "three", "four"];

function countNumbers({ numbers }: NumberedTag, form?: "short"): string {
  const count = countWords[numbers.length] ?? String(numbers.length);
  if (form === "short") return count;
  return `${count} ${numbers.length === 1 ? "number" : "numbers"}`;
}

function describeVariant(tag: NumberedTag, current: NumberedTag): string {
  return tag.variant === "" ? `without the variant ${current.variant}` : `another variant (${tag.variant})`;
}

function describeBuild(tag: NumberedTag, current: NumberedTag): string {
  if (tag.buildForm === "") return `without a build such as ${current.suffix}`;
  if (current.buildForm === "") return `a build of the version (${tag.suffix})`;
  return `another kind of build (${tag.suffix})`;
}
