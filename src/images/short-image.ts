import { formatShortReference } from "./image-reference.ts";
import { parseImageReference } from "./parse-image-reference.ts";

/** `nginx:1.27.1@0a8020af`; a text that is no image reference as it is. */
export function shortImage(image: string): string {
  const parsed = parseImageReference(image);
  return parsed.kind === "valid" ? formatShortReference(parsed.reference) : image;
}

/** What stands behind the name: `1.27.1@0a8020af`; without a tag the name. */
export function shortVersion(image: string): string {
  const parsed = parseImageReference(image);
  if (parsed.kind === "invalid" || parsed.reference.tag === undefined) return shortImage(image);
  const { tag, digest } = parsed.reference;
  return digest === undefined ? tag : `${tag}@${digest.replace(/^.*:/, "").slice(0, 8)}`;
}

export function withoutDigest(image: string): string {
  return image.replace(/@.*$/, "");
}

/** As it is written but for the end of its digest: `ghcr.io/me/web:1.0@0a8020af`; of an image's id 12 digits. */
export function shortDigest(image: string): string {
  return image
    .replace(/^sha256:([0-9a-f]{12})[0-9a-f]{52}$/, "$1")
    .replace(/@sha256:([0-9a-f]{8})[0-9a-f]{56}$/, "@$1");
}
