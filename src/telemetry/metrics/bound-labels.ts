/**
 * Whoever may write into a watched repository names registries; each name would stay in the memory of Talos and of whoever
 * collects the metrics. The first ones are told by name, the rest together.
 */
export function boundLabels(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= most) return "other";
    known.add(value);
    return value;
  };
}
