/** Choices of a reader, kept in this browser. One that keeps nothing forgets them with the page. */
export function readKept(name: string): string | undefined {
  try {
    return localStorage.getItem(`talos.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`talos.${name}`, value);
  } catch {
    // As said above.
  }
}
