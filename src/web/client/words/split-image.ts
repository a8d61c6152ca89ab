export interface ImageText {
  /** What is before the tag. */
  readonly repository: string;
  readonly tag: string | undefined;
  /** With its algorithm, in full. */
  readonly digest: string | undefined;
}

/** Takes the text of an image apart for the eye; what is no image is a repository. */
export function splitImage(image: string): ImageText {
  const [named = "", digest] = image.split("@", 2);
  const colon = named.indexOf(":", named.lastIndexOf("/"));
  return {
    repository: colon === -1 ? named : named.slice(0, colon),
    tag: colon === -1 ? undefined : named.slice(colon + 1),
    digest,
  };
}
