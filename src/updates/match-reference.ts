import type { FoundReference } from "../files/found-reference.ts";
import { formatRepository } from "../images/image-reference.ts";
import { parseImageReference } from "../images/parse-image-reference.ts";
import { referenceId } from "./target-id.ts";

/** What a reference can be called by; a reference of a plan, or a member of an update. */
export interface NamedReference {
  /** `kind:file#pointer` */
  readonly id: string;
  readonly file: string;
  readonly pointer: string;
  readonly name: string;
  readonly image: string;
  readonly written?: string | undefined;
}

/**
 * How well a reference is what a person named, 0 for not at all. By its id or place there is one; by a name or an image
 * there may be several.
 */
export function matchNames(reference: NamedReference, wanted: string): 0 | 1 | 2 | 3 {
  const { id, file, pointer, name } = reference;
  if (wanted === id || wanted === `${file}#${pointer}`) return 3;
  if (wanted === name || wanted === pointer) return 2;
  return imageNames(reference).includes(wanted) ? 1 : 0;
}

export function matchReference(found: FoundReference, wanted: string): 0 | 1 | 2 | 3 {
  return matchNames({ ...found, id: referenceId(found) }, wanted);
}

/** Those that match best. */
export function bestMatches<T extends { readonly found: FoundReference }>(
  all: readonly T[],
  wanted: string,
): readonly T[] {
  const best = Math.max(0, ...all.map(({ found }) => matchReference(found, wanted)));
  return best === 0 ? [] : all.filter(({ found }) => matchReference(found, wanted) === best);
}

/** `nginx`, `nginx:1.25.3`, `library/nginx`, `docker.io/library/nginx` and the texts as they stand. */
export function imageNames({ image, written = image }: Pick<NamedReference, "image" | "written">): readonly string[] {
  const parsed = parseImageReference(image);
  if (parsed.kind === "invalid") return [image, written];
  const { reference } = parsed;
  const { tag, path } = reference;
  const names = [reference.written, path, path.split("/").at(-1) ?? path, formatRepository(reference)];
  return [image, written, ...names, ...names.map((name) => `${name}:${tag}`)];
}
