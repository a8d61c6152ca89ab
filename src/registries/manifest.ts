import { createHash } from "node:crypto";

/** A multi-platform image has one of the first two; the digest of an image is that of what is served for these. */
export const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
] as const;

export function isDigest(text: string): boolean {
  return /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(text);
}

export function computeDigest(algorithm: "sha256" | "sha512", content: Buffer): string {
  return `${algorithm}:${createHash(algorithm).update(content).digest("hex")}`;
}

export function hasDigest(content: Buffer, digest: string): boolean {
  return computeDigest(digest.startsWith("sha512:") ? "sha512" : "sha256", content) === digest;
}
