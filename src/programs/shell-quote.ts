/** One word for a POSIX shell, whatever is in it (but NUL, which no argument can hold). */
export function shellQuote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
