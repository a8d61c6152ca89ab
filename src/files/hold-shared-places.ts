import type { FoundReference, ImageSegment, TextPlace } from "./found-reference.ts";
import { splitImage } from "./image-parts.ts";

/**
 * Holds every reference whose version stands at a place that another image uses too: `app:${TAG}` and `worker:${TAG}`
 * cannot both have their own digest behind one tag. Users of one place with one and the same image agree, and a shared
 * part that holds no version (`${REGISTRY}/app:1`) is nobody's business. Give it all references of a source to find the
 * variables that two files share.
 */
export function holdSharedPlaces(references: readonly FoundReference[]): readonly FoundReference[] {
  const users = new Map<string, PlaceUsers>();
  for (const reference of references)
    for (const { place } of reference.segments) {
      const key = placeKey(place);
      const known = users.get(key);
      if (known === undefined) users.set(key, { first: reference, different: undefined });
      else if (known.first.image !== reference.image) users.set(key, { ...known, different: reference });
    }
  return references.map((reference) => {
    for (const { place } of versionSegments(reference)) {
      const known = users.get(placeKey(place));
      const other = known?.first.image === reference.image ? known.different : known?.first;
      if (other !== undefined) return held(reference, place, other);
    }
    return reference;
  });
}

/** `different`: one whose image is not that of the first. */
interface PlaceUsers {
  readonly first: FoundReference;
  readonly different: FoundReference | undefined;
}

/** The same for two places exactly when they are one. */
export function placeKey(place: TextPlace): string {
  return `${place.start}-${place.end} ${place.file}`;
}

/** The segments that hold the tag and digest, or would. */
function versionSegments({ image, segments }: FoundReference): readonly ImageSegment[] {
  const { repository } = splitImage(image);
  const from = Math.min(repository.end, image.length - 1);
  let end = 0;
  return segments.filter((segment) => {
    end += segment.text.length;
    return end > from;
  });
}

function held(reference: FoundReference, place: TextPlace, other: FoundReference): FoundReference {
  const what = place.owner ?? `the text in ${place.file}, line ${place.line}`;
  const text = `${what} also makes ${other.image} (${other.name} in ${other.file}): give each image its own text or variable.`;
  return { ...reference, segments: [], obstacle: { code: "ambiguous-owner", text } };
}
