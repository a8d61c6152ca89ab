/**
 * Changes images in the texts of a source: finds them, makes sure that they are still what the caller saw, plans, edits,
 * and then finds everything again in the new texts. A result that says anything but the wanted images, or anything new
 * anywhere else, is thrown away. This is the last word on every edit: whatever a finder or the plan gets wrong,
 * no file is written that was not read back as intended.
 */
import { applyEdits } from "./apply-edits.ts";
import type { Edit } from "./edit.ts";
import type { FileFindings, FoundReference } from "./found-reference.ts";
import { placeKey } from "./hold-shared-places.ts";
import { planEdits } from "./plan-edits.ts";
import type { SourceText } from "./source-text.ts";

/** One image that is to become another. `expected` is what was decided upon. */
export interface Replacement {
  readonly file: string;
  readonly pointer: string;
  readonly expected: string;
  readonly next: string;
}

export type ReplacedImages =
  /** The files that change, by path, with their whole new texts. None when the images already are the wanted ones. */
  | { readonly kind: "replaced"; readonly texts: ReadonlyMap<string, string>; readonly edits: readonly Edit[] }
  /** `moved`: a file no longer says what was decided upon, so decide again; `ambiguous-owner`: a text has no one place of its own. */
  | { readonly kind: "refused"; readonly code: "moved" | "ambiguous-owner"; readonly text: string };

type Find = (sourceText: SourceText) => FileFindings;

/** All of them or none. `find` is the finder of all files concerned, given all else it needs. */
export function replaceImages(
  find: Find,
  sourceText: SourceText,
  replacements: readonly Replacement[],
): ReplacedImages {
  const before = find(sourceText);
  const references = new Map(before.references.map((reference) => [referenceKey(reference), reference]));
  const edits: Edit[] = [];
  for (const { file, pointer, expected, next } of replacements) {
    const reference = references.get(referenceKey({ file, pointer }));
    if (reference === undefined) return moved(`There is no image at ${pointer} of ${file} any more: look again.`);
    if (reference.image !== expected)
      return moved(`${file} has ${reference.image} at ${pointer} and not ${expected}: look again.`);
    const plan = planEdits(reference, next);
    if (plan.kind === "refused") return plan;
    edits.push(...plan.edits);
  }
  const applied = applyToFiles(edits, sourceText);
  if (applied.kind === "refused") return applied;
  const { texts } = applied;
  const after = find((path) => {
    const text = texts.get(path);
    return text === undefined ? sourceText(path) : { kind: "text", text };
  });
  const surprise = findSurprise(before, after, replacements, edits);
  if (surprise !== undefined) return { kind: "refused", code: "ambiguous-owner", text: surprise };
  return { kind: "replaced", texts, edits };
}

/** The same for one image of the one file that `find` reads. */
export function replaceImage(
  find: Find,
  sourceText: SourceText,
  pointer: string,
  expected: string,
  next: string,
): ReplacedImages {
  const reference = find(sourceText).references.find((candidate) => candidate.pointer === pointer);
  return replaceImages(find, sourceText, [{ file: reference?.file ?? "the file", pointer, expected, next }]);
}

type AppliedToFiles =
  | { readonly kind: "applied"; readonly texts: ReadonlyMap<string, string> }
  | Extract<ReplacedImages, { kind: "refused" }>;

function applyToFiles(edits: readonly Edit[], sourceText: SourceText): AppliedToFiles {
  const texts = new Map<string, string>();
  for (const [path, own] of Map.groupBy(edits, (edit) => edit.place.file)) {
    const file = sourceText(path);
    if (file.kind !== "text") return moved(`${path} cannot be read any more: look again.`);
    const applied = applyEdits(file.text, own);
    if (applied.kind === "refused") return moved(`${path}: ${applied.text}`);
    texts.set(path, applied.text);
  }
  return { kind: "applied", texts };
}

/** What the new texts say that was not intended. */
function findSurprise(
  before: FileFindings,
  after: FileFindings,
  replacements: readonly Replacement[],
  edits: readonly Edit[],
): string | undefined {
  const surprise = (what: string): string => `The change ${what}: write the image plainly.`;
  if (after.references.length !== before.references.length || after.problems.length !== before.problems.length)
    return surprise("would alter what else the files say");
  const wantedAt = new Map(replacements.map((replacement) => [referenceKey(replacement), replacement.next]));
  const wantedBy = new Map(replacements.map(({ expected, next }) => [expected, next]));
  const edited = new Set(edits.map((edit) => placeKey(edit.place)));
  for (const [index, old] of before.references.entries()) {
    const now = after.references[index];
    const name = `${old.file}#${old.pointer}`;
    if (now === undefined || referenceKey(now) !== referenceKey(old) || now.obstacle?.code !== old.obstacle?.code)
      return surprise(`would alter ${name}`);
    const isShared = old.segments.some(({ place }) => edited.has(placeKey(place)));
    const wanted = wantedAt.get(referenceKey(old)) ?? (isShared ? wantedBy.get(old.image) : undefined) ?? old.image;
    if (now.image !== wanted) return surprise(`would make ${name} ${now.image} and not ${wanted}`);
  }
  return undefined;
}

function referenceKey({ file, pointer }: Pick<FoundReference, "file" | "pointer">): string {
  return `${file}#${pointer}`;
}

function moved(text: string): Extract<ReplacedImages, { kind: "refused" }> {
  return { kind: "refused", code: "moved", text };
}
