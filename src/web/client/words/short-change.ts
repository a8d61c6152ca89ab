import { splitImage } from "./split-image.ts";

export interface ShortChange {
  readonly from: string;
  readonly to: string;
}

/** What differs of two images: tags without the repository they share, and digests only as long as they tell apart. */
export function shortChange(from: string, to: string): ShortChange {
  const [a, b] = [splitImage(from), splitImage(to)];
  if (a.repository !== b.repository) return { from: shortImage(from), to: shortImage(to) };
  if (a.tag !== b.tag) return { from: a.tag ?? shortDigest(a.digest), to: b.tag ?? shortDigest(b.digest) };
  return { from: shortDigest(a.digest), to: shortDigest(b.digest) };
}

/** With the first letters of its digest. */
export function shortImage(image: string): string {
  const { digest } = splitImage(image);
  return digest === undefined ? image : `${image.slice(0, image.indexOf("@"))}@${shortDigest(digest)}`;
}

function shortDigest(digest: string | undefined): string {
  if (digest === undefined) return "no digest";
  return /^\w+:[0-9a-f]{12,}$/u.test(digest) ? digest.slice(digest.indexOf(":") + 1).slice(0, 12) : digest;
}
