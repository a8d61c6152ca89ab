/** Turns offsets of one text into lines and columns, both from 1. A line ends with LF; a CR before it belongs to the line. */
export interface LineIndex {
  readonly lineAt: (offset: number) => number;
  readonly positionAt: (offset: number) => { readonly line: number; readonly column: number };
}

export function indexLines(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);

  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  return {
    lineAt,
    positionAt: (offset) => {
      const line = lineAt(offset);
      return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
    },
  };
}
