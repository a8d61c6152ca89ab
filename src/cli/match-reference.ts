import type { FoundReference } from "../files/found-reference.ts";
import { formatRepository } from "../images/image-reference.ts";
import { parseImageReference } from "../images/parse-image-reference.ts";
import { referenceId } from "../updates/target-id.ts";

/**
 * How well a reference is what a person named, 0 for not at all. By its id or place there is one; by a name or an image
 * there may be several.
 */
export function matchReference(found: FoundReference, wanted: string): 0 | 1 | 2 | 3 {
  if (wanted === referenceId(found) || wanted === `${found.file}#${found.pointer}`) return 3;
  if (wanted === found.name || wanted === found.pointer) return 2;
  return imageNames(found).includes(wanted) ? 1 : 0;
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
export function imageNames({ image, written }: FoundReference): readonly string[] {
  const parsed = parseImageReference(image);
  if (parsed.kind === "invalid") return [image, written];
  const { reference } = parsed;
  const { tag, path } = reference;
  const names = [reference.written, path, path.split("/").at(-1) ?? path, formatRepository(reference)];
  return [image, written, ...names, ...names.map((name) => `${name}:${tag}`)];
}
