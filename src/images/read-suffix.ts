import { readPreRelease } from "./pre-release-words.ts";
import type { NumberedTag } from "./tag.ts";
import { isCommit, isJoinedDate, nextWord, type TagWord } from "./tag-words.ts";

type Suffix = Pick<NumberedTag, "variant" | "buildForm" | "builds" | "preRelease" | "commit">;

/** Words whose number counts builds of one version. Any other word with a number (`jdk17`, `alpine3`) is a variant. */
const buildWords = new Set("ls r rev b build p pl patch hotfix fix post f v k3s rke2r rancher".split(" "));
/** The number behind these is part of the build when a revision follows (`-debian-12-r3`), else of the variant. */
const baseWords = new Set(["debian", "ubuntu", "photon", "centos", "ol"]);

/** What has been read of a suffix so far. */
interface Progress {
  variant: string;
  buildForm: string;
  commit: string;
  readonly builds: string[][];
  readonly preRelease: { readonly word: string; readonly stability: number; readonly numbers: string[] }[];
  /**
   * What came last, which says what digits mean. Behind a `version`, a commit or a word such as `build` they begin a
   * build; behind a `name` only after a dot (`-ce.0`), else they are its own (`-alpine-3`), and so is all that follows.
   */
  last: "version" | "build" | "pre-release" | "name" | "numbered name";
  /** The last word of the variant, and where it begins in `variant`. */
  name: { readonly start: number; readonly text: string } | undefined;
  /** `-debian-12` when that was the last, and where it begins in `variant`. */
  base: { readonly start: number; readonly number: string } | undefined;
}

/** Tells variant, builds, pre-releases and commits apart, word by word. */
export function readSuffix(text: string): Suffix {
  const progress: Progress = {
    variant: "",
    buildForm: "",
    commit: "",
    builds: [],
    preRelease: [],
    last: "version",
    name: undefined,
    base: undefined,
  };
  let word = nextWord(text, 0);
  while (word !== undefined) {
    const next = nextWord(text, word.end);
    addWord(progress, word, next);
    word = next;
  }
  return progress;
}

function addWord(progress: Progress, word: TagWord, next: TagWord | undefined): void {
  const { base } = progress;
  progress.base = undefined;
  if (isCommitWord(word)) return addCommit(progress, word);
  if (word.stem === "") return addDigits(progress, word);
  const preRelease = readPreRelease(word, next);
  if (preRelease !== undefined) {
    progress.preRelease.push({ ...preRelease, numbers: [...preRelease.numbers] });
    progress.last = "pre-release";
  } else if (isBuildWord(progress, word, next)) {
    if (base !== undefined && word.stem === "r") moveBaseToBuild(progress, base);
    addBuild(progress, word);
  } else addName(progress, word);
}

/** Also `g1a2b3c4`, as `git describe` writes it, and `sha1a2b3c4`. */
function isCommitWord(word: TagWord): boolean {
  if (word.separator === "") return false;
  const { text } = word;
  if (text.startsWith("sha")) return isCommit(text.slice(3));
  return isCommit(text) || (text.startsWith("g") && isCommit(text.slice(1)));
}

function addCommit(progress: Progress, word: TagWord): void {
  progress.commit += word.text;
  if (progress.last === "pre-release") return;
  progress.buildForm += `${word.separator}@`;
  progress.last = "version";
}

function addDigits(progress: Progress, word: TagWord): void {
  const { last, name } = progress;
  if (last === "pre-release") {
    progress.preRelease.at(-1)?.numbers.push(word.text);
  } else if (last === "numbered name" || (last === "name" && word.separator !== ".")) {
    if (last === "name" && name !== undefined && baseWords.has(name.text))
      progress.base = { start: name.start, number: word.text };
    progress.variant += word.separator + word.text;
    progress.last = "numbered name";
  } else {
    progress.buildForm += `${word.separator}${isJoinedDate(word.text) ? "date" : "#"}`;
    const build = progress.builds.at(-1);
    if (last === "build" && word.separator === "." && build !== undefined) build.push(word.text);
    else progress.builds.push([word.text]);
    progress.last = "build";
  }
}

/** `v` only behind a version or another build: `-arm-v7` is a variant. */
function isBuildWord(progress: Progress, word: TagWord, next: TagWord | undefined): boolean {
  if (word.lead !== "" || !buildWords.has(word.stem)) return false;
  if (word.stem === "v" && progress.last !== "version" && progress.last !== "build") return false;
  return word.trail !== "" || next?.stem === "";
}

function addBuild(progress: Progress, word: TagWord): void {
  progress.buildForm += word.separator + word.stem;
  progress.last = word.trail === "" ? "version" : "build";
  if (word.trail === "") return;
  progress.buildForm += "#";
  progress.builds.push([word.trail]);
}

function moveBaseToBuild(progress: Progress, base: { readonly start: number; readonly number: string }): void {
  const text = progress.variant.slice(base.start);
  progress.variant = progress.variant.slice(0, base.start);
  progress.buildForm += `${text.slice(0, text.length - base.number.length)}#`;
  progress.builds.push([base.number]);
}

function addName(progress: Progress, word: TagWord): void {
  progress.name = { start: progress.variant.length, text: word.text };
  progress.variant += word.separator + word.text;
  progress.last = word.trail === "" ? "name" : "numbered name";
}
