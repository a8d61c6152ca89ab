import { expect } from "vitest";
import type { FileFindings } from "../../src/files/found-reference.ts";
import { replaceImage } from "../../src/files/replace-image.ts";
import type { SourceText } from "../../src/files/source-text.ts";

/** An image of a generated file, and what it is to become. */
interface GeneratedImage {
  readonly pointer: string;
  readonly image: string;
  readonly next: string;
}

interface GeneratedFile {
  readonly path: string;
  readonly images: readonly GeneratedImage[];
  /** The text, by a writer of its own; with one image, by its index, already changed. */
  readonly render: (changed: number | undefined) => string;
}

/** Finds all images, changes one of them, and nothing else in the text; a second time there is nothing to change. */
export function expectOneChange(
  { path, images, render }: GeneratedFile,
  choice: number,
  find: (sourceText: SourceText) => FileFindings,
): { readonly text: string; readonly wanted: string; readonly changed: GeneratedImage } {
  const text = render(undefined);
  const found = find(() => ({ kind: "text", text }));
  expect(found.problems).toEqual([]);
  expect(found.references.map(({ pointer, image }) => [pointer, image])).toEqual(
    images.map(({ pointer, image }) => [pointer, image]),
  );

  const index = choice % images.length;
  const changed = images[index] ?? { pointer: "", image: "", next: "" };
  const { pointer, image, next } = changed;
  const replaced = replaceImage(find, () => ({ kind: "text", text }), pointer, image, next);
  const wanted = render(index);
  expect(replaced.kind === "replaced" ? replaced.texts.get(path) : replaced.text).toBe(wanted);

  const again = replaceImage(find, () => ({ kind: "text", text: wanted }), pointer, next, next);
  expect(again.kind === "replaced" && again.edits).toEqual([]);
  return { text, wanted, changed };
}
