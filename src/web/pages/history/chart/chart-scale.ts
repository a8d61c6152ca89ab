/** Round numbers from 0 to above the greatest value, for the lines of a chart that counts. */
export function chartSteps(greatest: number, wanted = 4): readonly number[] {
  const rough = Math.max(greatest, 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough);
  const count = Math.max(1, Math.ceil(greatest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

export interface Segment {
  readonly name: string;
  readonly value: number;
  /** From the bottom, in the units of the values. */
  readonly from: number;
  readonly to: number;
}

/** One on the other, in the order of the names; nothing takes no place. */
export function stackSegments(names: readonly string[], values: Readonly<Record<string, number>>): readonly Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const name of names) {
    const value = values[name] ?? 0;
    if (value > 0) segments.push({ name, value, from, to: from + value });
    from += value;
  }
  return segments;
}

/** The names that occur: those that are known in their order, then the others. */
export function namesIn(
  known: readonly string[],
  rows: readonly Readonly<Record<string, number>>[],
): readonly string[] {
  const present = new Set(rows.flatMap((row) => Object.keys(row).filter((name) => (row[name] ?? 0) > 0)));
  const others = [...present].filter((name) => !known.includes(name)).sort();
  return [...known.filter((name) => present.has(name)), ...others];
}
