/**
 * `[domain/]path[:tag][@digest]`. `written` is the repository in its author's spelling and goes back into the file;
 * `domain` and `path` are its one normal form (`docker.io`, `library/redis`) and go to the registry.
 */
export interface ImageReference {
  readonly written: string;
  readonly domain: string;
  readonly path: string;
  readonly tag: string | undefined;
  /** `sha256:…` */
  readonly digest: string | undefined;
}

/** The normal form of the repository alone: two spellings of one image have the same. `docker.io/library/redis`. */
export function formatRepository(repository: { readonly domain: string; readonly path: string }): string {
  return `${repository.domain}/${repository.path}`;
}

/** The text as it stands in a file, in the author's spelling. */
export function formatImageReference(reference: Pick<ImageReference, "written" | "tag" | "digest">): string {
  return formatParts(reference.written, reference.tag, reference.digest);
}

/** The text with nothing left to defaults: `docker.io/library/redis:7@sha256:…` (`ImageParserSettings.WriteFullReference`). */
export function formatFullReference(reference: Omit<ImageReference, "written">): string {
  return formatParts(formatRepository(reference), reference.tag, reference.digest);
}

/** For a person who knows which image is meant: `redis:7@1a2b3c4d`; `redis` when there is no tag. */
export function formatShortReference(reference: Pick<ImageReference, "path" | "tag" | "digest">): string {
  const name = reference.path.slice(reference.path.lastIndexOf("/") + 1);
  if (reference.tag === undefined) return name;
  const digits = reference.digest?.slice(reference.digest.indexOf(":") + 1);
  return formatParts(name, reference.tag, digits?.slice(0, 8));
}

function formatParts(name: string, tag: string | undefined, digest: string | undefined): string {
  return `${name}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}
