/** How far a candidate is from the current tag, smallest first. `digest`: the same version in another build. */
export const sizes = ["digest", "patch", "minor", "major"] as const;
export type Size = (typeof sizes)[number];

/** Negative when `a` is the smaller step. */
export function compareSizes(a: Size, b: Size): number {
  return sizes.indexOf(a) - sizes.indexOf(b);
}
