const trouble =
  /error|fail|denied|cannot|can't|could not|unable|no such|not found|unknown|invalid|unsupported|unauthorized|forbidden|conflict|refused|is not |timeout/i;

/** So many of the last lines are looked at. */
export const failureLines = 30;

/** Of what compose wrote, the last lines that tell what was wrong, at most three; else the last line. */
export function summariseFailure(lines: readonly string[]): string {
  const last = lines.slice(-failureLines);
  const telling = [...new Set(last.filter((line) => trouble.test(line)).map((line) => line.trim()))];
  // V2 says first for the container and at the end for all what the engine has said.
  const said = telling.filter((line) => !telling.some((other) => other !== line && line.endsWith(other)));
  return (said.length === 0 ? last.slice(-1) : said.slice(-3)).join("; ").trim();
}
