import type { WrittenPolicy } from "../policy/setting.ts";

/** The kind of file that holds the opted-in image. */
export type FileKind = "compose" | "dockerfile" | "yaml" | "env";

/**
 * One place in a source that names an image. Its identity is (source, file, pointer): never an offset or a line, so
 * that an edit above it changes nothing. The forms of pointers are in docs/files.md.
 */
export interface FoundReference {
  readonly kind: FileKind;
  /** Relative to the source's root, with forward slashes. */
  readonly file: string;
  readonly pointer: string;
  /** Of the image in `file`, from 1. */
  readonly line: number;
  readonly name: string;
  /** The resolved text: variables replaced, aliases followed. */
  readonly image: string;
  /** The text as the file has it. Equal to `image` when there is nothing to resolve. */
  readonly written: string;
  /** undefined: nothing about Talos stands beside the image. */
  readonly policy: WrittenPolicy | undefined;
  /** The service has `build`: the image is what it makes, not what it takes. */
  readonly isBuiltHere: boolean;
  /** `image` in pieces, in order, each with the place that holds it. Empty when `obstacle` is there. */
  readonly segments: readonly ImageSegment[];
  /** Why the image cannot be known or changed. */
  readonly obstacle: ImageObstacle | undefined;
  /** What deserves a look, in sentences. */
  readonly warnings: readonly string[];
}

/** A piece of the resolved image text, and the range that may be rewritten to change it. */
export interface ImageSegment {
  readonly text: string;
  readonly place: TextPlace;
  /** What stands at the place, where that is not `text` letter by letter: `ng\\x69nx`, `$$`. */
  readonly noted?: string;
}

/** A range of a file, `[start, end)` in UTF-16 units, that holds a text in some notation (quotes, escapes). */
export interface TextPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** How a new text is noted here. `verbatim` wherever an image may stand as it is. */
  readonly notation: "verbatim" | "double-quoted" | "single-quoted";
  /** The variable or anchor behind the place, for messages: `TAG`, `&web`; undefined for the image's own text. */
  readonly owner: string | undefined;
}

type ImageObstacle =
  | { readonly code: "unresolved-variable"; readonly text: string }
  | { readonly code: "ambiguous-owner"; readonly text: string };

/** A file, or a part of one, that cannot be read as what it should be. The rest goes on. */
export interface FileProblem {
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  /** What is wrong and what to do, in one line. */
  readonly text: string;
}

export interface FileFindings {
  readonly references: readonly FoundReference[];
  readonly problems: readonly FileProblem[];
}
