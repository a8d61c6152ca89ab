/**
 * The known name a person most likely meant: one that the word begins, or the one with the fewest typing errors,
 * ignoring case. undefined when more than half of the word would have to change.
 */
export function nearestName(word: string, names: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const completed = wanted.length < 3 ? undefined : names.find((name) => name.toLowerCase().startsWith(wanted));
  if (completed !== undefined) return completed;
  let nearest: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const errors = countTypingErrors(wanted, name.toLowerCase());
    if (errors < fewest) [nearest, fewest] = [name, errors];
  }
  return fewest <= Math.max(1, Math.floor(wanted.length / 2)) ? nearest : undefined;
}

/** "did you mean `x`?", or all the names when none is near. */
export function suggestName(word: string, names: readonly string[]): string {
  const nearest = nearestName(word, names);
  return nearest === undefined
    ? `known are ${names.map((name) => `\`${name}\``).join(", ")}`
    : `did you mean \`${nearest}\`?`;
}

/** Damerau-Levenshtein distance: letters added, dropped, replaced, or swapped with their neighbour. */
function countTypingErrors(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(previous, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? at(beforePrevious, j - 2) + 1 : replaced;
      row.push(Math.min(at(previous, j) + 1, at(row, j - 1) + 1, replaced, swapped));
    }
    [beforePrevious, previous] = [previous, row];
  }
  return at(previous, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
