/** From the smallest step to the largest: the order in which they lie on each other. */
export const sizesInOrder: readonly string[] = ["digest", "patch", "minor", "major"];

/** Its colour. */
export function sizeClass(name: string): string {
  return `size-${sizesInOrder.includes(name) ? name : "other"}`;
}
