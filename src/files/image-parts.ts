/** Where the parts of `repository[:tag][@digest]` stand in the text; `tag` and `digest` without their signs. */
export interface ImageParts {
  readonly repository: TextRange;
  readonly tag: TextRange | undefined;
  readonly digest: TextRange | undefined;
}

/** `[start, end)`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Looks at the signs alone: whether the parts are valid is for `src/images` to say. */
export function splitImage(image: string): ImageParts {
  const at = image.indexOf("@");
  const nameEnd = at === -1 ? image.length : at;
  const colon = image.lastIndexOf(":", nameEnd - 1);
  const hasTag = nameEnd > 0 && colon > image.lastIndexOf("/", nameEnd - 1);
  return {
    repository: { start: 0, end: hasTag ? colon : nameEnd },
    tag: hasTag ? { start: colon + 1, end: nameEnd } : undefined,
    digest: at === -1 ? undefined : { start: at + 1, end: image.length },
  };
}
