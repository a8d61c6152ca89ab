// The lines of a log that is followed, as many as a reader can want and a phone can hold.

export interface LogLine {
  /** Counts up; never used again. */
  readonly id: number;
  readonly text: string;
}

export interface LogBuffer {
  readonly lines: readonly LogLine[];
  /** How many were let go at the beginning. */
  readonly dropped: number;
}

export const logLimits = { lines: 5000, characters: 2_000_000 } as const;

export const emptyLog: LogBuffer = { lines: [], dropped: 0 };

export function appendLines({ lines, dropped }: LogBuffer, texts: readonly string[]): LogBuffer {
  const from = (lines.at(-1)?.id ?? dropped - 1) + 1;
  const all = [...lines, ...texts.map((text, index) => ({ id: from + index, text: plainLine(text) }))];
  const first = firstKept(all);
  return { lines: first === 0 ? all : all.slice(first), dropped: dropped + first };
}

/**
 * After a lost connection: the last lines again, of which some may be there already. Where nothing of them is, the note
 * says that there may be a gap.
 */
export function joinLines(log: LogBuffer, again: readonly string[], note: string): LogBuffer {
  if (log.lines.length === 0) return appendLines(log, again);
  const texts = again.map(plainLine);
  const known = log.lines.slice(-texts.length).map(({ text }) => text);
  for (let end = texts.length; end > 0; end -= 1) {
    const length = Math.min(end, known.length);
    if (texts.slice(end - length, end).every((text, index) => text === known[known.length - length + index]))
      return appendLines(log, again.slice(end));
  }
  return appendLines(log, [note, ...again]);
}

function firstKept(lines: readonly LogLine[]): number {
  let characters = 0;
  const least = Math.max(0, lines.length - logLimits.lines);
  for (let index = lines.length - 1; index >= least; index -= 1) {
    characters += lines[index]?.text.length ?? 0;
    if (characters > logLimits.characters) return Math.min(index + 1, lines.length - 1);
  }
  return least;
}

const [escape, bell] = [String.fromCodePoint(0x1b), String.fromCodePoint(7)];
const sequences = new RegExp(
  `${escape}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${escape}]*(?:${bell}|${escape}\\\\)?|[@-Z\\\\^_])`,
  "gu",
);
/** Control characters, and what turns the direction of the text around it or takes no room. */
const unseen = /(?!\t)\p{Cc}|\p{Bidi_Control}|[\u200b\u2028\u2029\u2060\ufeff]/gu;

/** No colours, nothing that moves the cursor, nothing that makes the line look like another one. */
export function plainLine(text: string): string {
  return text.replace(sequences, "").replace(unseen, "");
}
