import { styleText } from "node:util";

/** The person's side of a command: where text goes, and how much of it fits. */
export interface Terminal {
  /** Results. */
  out(text: string): void;
  /** Everything else: progress, notices, errors. */
  err(text: string): void;
  /** undefined: not a terminal, so nothing needs fitting. */
  readonly columns: number | undefined;
  /** Standard error is a terminal, where a line may be drawn over. */
  readonly isLive: boolean;
  /** Standard input and output are a terminal, where a question can be answered. */
  readonly canAsk: boolean;
  readonly style: Style;
}

export type Format = Parameters<typeof styleText>[0];
type Style = (format: Format, text: string) => string;

/** `isColored`: undefined leaves it to the streams and to NO_COLOR, FORCE_COLOR and the like. */
export function openTerminal(isColored: boolean | undefined): Terminal {
  const { stdout, stderr, stdin, env } = process;
  const style: Style = (format, text) =>
    isColored === false ? text : styleText(format, text, { stream: stdout, validateStream: isColored === undefined });
  return {
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
    columns: stdout.isTTY ? stdout.columns : undefined,
    isLive: stderr.isTTY && env.TERM !== "dumb" && env.CI !== "true",
    canAsk: stdin.isTTY && stdout.isTTY,
    style,
  };
}
