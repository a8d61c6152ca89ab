import type { ImageSegment } from "../found-reference.ts";

/** A text whose variables are replaced, in pieces; or why it cannot be known, in one sentence. */
export type Resolution =
  | { readonly kind: "resolved"; readonly segments: readonly ImageSegment[] }
  | { readonly kind: "unresolved"; readonly text: string };

/** The variables that an image may name: those of the project's `.env`, never those of this process. */
export interface Variables {
  /** undefined: not set. */
  readonly valueOf: (name: string) => Resolution | undefined;
  /** Where a missing one would have to be set: `app/.env`. */
  readonly home: string;
}

/** The text of a resolved value. */
export function joinSegments(segments: readonly ImageSegment[]): string {
  return segments.map((segment) => segment.text).join("");
}
