/**
 * Plans how one image text becomes another by changing no more than it must. An image may be put together from several
 * places (`${REPO}:${TAG}`): only those that hold the tag, the digest or, rarely, the repository that changes are written.
 *
 * What is new goes where the text before it ends: a digest is written behind the tag, in the variable when the variable ends
 * the tag. Where a change would have to be split between two places by guessing, or a place would get two texts, the plan is
 * refused: this never writes what it cannot be sure of. That the result reads as intended is checked in replace-image.ts.
 */
import type { Edit } from "./edit.ts";
import type { FoundReference, ImageSegment } from "./found-reference.ts";
import { placeKey } from "./hold-shared-places.ts";
import { splitImage, type TextRange } from "./image-parts.ts";

export type EditPlan =
  | { readonly kind: "edits"; readonly edits: readonly Edit[] }
  | { readonly kind: "refused"; readonly code: "ambiguous-owner"; readonly text: string };

/** `next` is the new image in its author's spelling. */
export function planEdits(reference: FoundReference, next: string): EditPlan {
  if (reference.obstacle !== undefined) return refused(reference.obstacle.text);
  if (!/^[\w.+:/@[\]-]+$/.test(next))
    return refused(`\`${next}\` is not an image: letters, digits and . _ - + : / @ make one.`);
  const pieces = placePieces(reference.segments);
  for (const change of listChanges(reference.image, next)) {
    const problem = applyChange(pieces, change);
    if (problem !== undefined) return refused(problem);
  }
  return collectEdits(pieces);
}

/** A segment, its range in the image, and what becomes of its text. */
interface Piece {
  readonly segment: ImageSegment;
  readonly start: number;
  readonly end: number;
  next: string;
}

function placePieces(segments: readonly ImageSegment[]): readonly Piece[] {
  let end = 0;
  return segments.map((segment) => {
    const start = end;
    end += segment.text.length;
    return { segment, start, end, next: segment.text };
  });
}

/** A range of the old image and what it becomes. */
interface Change extends TextRange {
  readonly part: "repository" | "tag" | "digest";
  readonly before: string;
  readonly after: string;
}

/** The parts that differ, the last first, so that each leaves the offsets before it as they are. */
function listChanges(image: string, next: string): readonly Change[] {
  const old = splitImage(image);
  const wanted = splitImage(next);
  const tagEnd = old.tag?.end ?? old.repository.end;
  const ranges = [
    { part: "digest", sign: "@", from: tagEnd, old: old.digest, wanted: wanted.digest },
    { part: "tag", sign: ":", from: old.repository.end, old: old.tag, wanted: wanted.tag },
    { part: "repository", sign: "", from: 0, old: old.repository, wanted: wanted.repository },
  ] as const;
  return ranges.flatMap(({ part, sign, from, old: range, wanted: goal }) => {
    const text = goal === undefined ? "" : next.slice(goal.start, goal.end);
    // The sign in front is written with a part that is new and goes with one that is dropped.
    const keepsSign = range !== undefined && goal !== undefined;
    const start = keepsSign ? range.start : from;
    const end = range?.end ?? from;
    const after = keepsSign || goal === undefined ? text : `${sign}${text}`;
    const before = image.slice(start, end);
    return before === after ? [] : [{ part, start, end, before, after }];
  });
}

/** Writes a change into the one piece that holds it. Says why, when there is no such piece. */
function applyChange(pieces: readonly Piece[], change: Change): string | undefined {
  let { start, end, after } = change;
  const touched = pieces.filter((piece) => piece.start < end && piece.end > start);
  // Pieces at either side that already read as they should are left alone.
  while (touched.length > 1 && touched[0] !== undefined) {
    const text = touched[0].segment.text.slice(start - touched[0].start);
    if (!after.startsWith(text)) break;
    after = after.slice(text.length);
    start = touched.shift()?.end ?? start;
  }
  for (let last = touched.at(-1); touched.length > 1 && last !== undefined; last = touched.at(-1)) {
    const text = last.segment.text.slice(0, end - last.start);
    if (!after.endsWith(text)) break;
    after = after.slice(0, after.length - text.length);
    end = last.start;
    touched.pop();
  }
  const piece = touched[0] ?? pieces.findLast((candidate) => candidate.end === start && candidate.start < start);
  if (piece === undefined || touched.length > 1) {
    const owners = touched.map(({ segment }) => segment.place.owner ?? `\`${segment.text}\``).join(" and ");
    const where = owners === "" ? "no single place" : owners;
    return `The ${change.part} of the image would change in ${where} at once: write it in one place.`;
  }
  piece.next = piece.next.slice(0, start - piece.start) + after + piece.next.slice(end - piece.start);
  return undefined;
}

/** The edits, each place once. One place that stands in the image twice must get the same text both times. */
function collectEdits(pieces: readonly Piece[]): EditPlan {
  const byPlace = new Map<string, Piece>();
  for (const piece of pieces) {
    const key = placeKey(piece.segment.place);
    const known = byPlace.get(key);
    if (known !== undefined && known.next !== piece.next) {
      const owner = piece.segment.place.owner ?? `\`${piece.segment.text}\``;
      return refused(`${owner} stands twice in the image and would have to become two different texts: write it once.`);
    }
    byPlace.set(key, piece);
  }
  const edits = [...byPlace.values()]
    .filter(({ segment, next }) => segment.text !== next)
    .map(({ segment, next }) => ({ place: segment.place, from: segment.noted ?? segment.text, to: next }));
  return { kind: "edits", edits };
}

function refused(text: string): EditPlan {
  return { kind: "refused", code: "ambiguous-owner", text };
}
