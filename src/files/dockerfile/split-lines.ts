export interface FileLine {
  /** From 1. */
  readonly number: number;
  /** Without its line end; on the first line without a byte-order mark. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** `text` without blanks in front. */
  readonly content: string;
  readonly contentStart: number;
}

export function splitLines(source: string): readonly FileLine[] {
  const lines: FileLine[] = [];
  let start = source.startsWith("\uFEFF") ? 1 : 0;
  while (start < source.length) {
    const feed = source.indexOf("\n", start);
    const next = feed === -1 ? source.length : feed;
    let end = next;
    while (end > start && source[end - 1] === "\r") end -= 1;
    const text = source.slice(start, end);
    const content = text.trimStart();
    lines.push({ number: lines.length + 1, text, start, end, content, contentStart: end - content.length });
    start = next + 1;
  }
  return lines;
}
