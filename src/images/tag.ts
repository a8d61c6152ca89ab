import { findVersion } from "./find-version.ts";
import { readNumbers } from "./read-numbers.ts";
import { readSuffix } from "./read-suffix.ts";

/**
 * What a tag says about the image behind it (specification section 2). Registries know no order of tags: all there is
 * is their text, `prefix numbers suffix`, and these facts about it:
 *
 * - `-alpine3.20` is a variant and must stay, `-ls261` is a build and goes up, `-rc.1` comes before its release.
 * - A number keeps its text: `22.04` is not `22.4`. `22.10` fits both, so "fits" holds between two tags, not in a set.
 * - `20260115` is a date, eight other digits or seven are as likely an abbreviated commit. Commits have no order.
 * - A year in front of a dot (`2024.1.0`) never follows `23.4.0`, nor the other way round.
 * - `16-3.4` is version 16 of one thing with version 3.4 of another: the second is ordered as a build.
 *
 * Nothing here may throw or take more than linear time: tags come from strangers.
 */
export type Tag = NumberedTag | FloatingTag | CommitTag;

export interface NumberedTag {
  readonly kind: "version" | "date";
  readonly text: string;
  /** Everything before the first number: `v`, `release-`, `jammy-`. */
  readonly prefix: string;
  /** Digits as written. A date is year, month, day and what follows, written together or apart. */
  readonly numbers: readonly string[];
  /** How the numbers are written; only tags of one scheme can be compared. */
  readonly scheme: string;
  /** Everything behind the numbers, for messages. */
  readonly suffix: string;
  /** `suffix` without builds and pre-releases. */
  readonly variant: string;
  /** The builds with `#` for each number and `@` for a commit: `-ls#`. Empty when there are none. */
  readonly buildForm: string;
  /** The numbers of each build; more than one where they are dotted. */
  readonly builds: readonly (readonly string[])[];
  /** Empty for a release. More than one for a pre-release of a pre-release: `-beta.2-SNAPSHOT`. */
  readonly preRelease: readonly PreReleaseStep[];
  /** The commit in the suffix; two tags that differ in nothing else have no order. */
  readonly commit: string;
}

export interface PreReleaseStep {
  readonly word: string;
  /** 0 for what moves daily, up to 4 for a release candidate. */
  readonly stability: number;
  readonly numbers: readonly string[];
}

/** Moves from image to image; there is only its digest to follow. */
interface FloatingTag {
  readonly kind: "floating";
  readonly text: string;
}

/** Names a commit, or is a signature's: never replaced by another tag. */
interface CommitTag {
  readonly kind: "commit";
  readonly text: string;
}

export function parseTag(text: string): Tag {
  const found = findVersion(text);
  if (found.kind !== "version") return { kind: found.kind, text };
  const { numbers, scheme, end } = readNumbers(text, found.start);
  const suffix = text.slice(end);
  const { variant, buildForm, builds, preRelease, commit } = readSuffix(suffix);
  return {
    kind: scheme.startsWith("n") ? "version" : "date",
    text,
    prefix: text.slice(0, found.start),
    numbers,
    scheme,
    suffix,
    variant,
    buildForm,
    builds,
    preRelease,
    commit,
  };
}

/** The tag has no version in it, only its digest moves; also where it names a commit. */
export function isFloatingTag(text: string): boolean {
  return findVersion(text).kind !== "version";
}
