import { type ReplacedImages, type Replacement, replaceImages } from "../files/replace-image.ts";
import type { FileRule } from "./file-rules.ts";
import { type ReadableSource, readReferences } from "./read-references.ts";

/** The texts of a source with other images in them: all of them, read back as intended, or none. */
export function replaceInSource(
  source: ReadableSource,
  rules: readonly FileRule[],
  replacements: readonly Replacement[],
): ReplacedImages {
  return replaceImages(
    (text) => {
      const { references, problems } = readReferences({ ...source, text }, rules);
      return { references: references.map(({ found }) => found), problems };
    },
    source.text,
    replacements,
  );
}
