/** What is too long loses its middle: versions are told apart by how they begin and end. */
export function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const begin = Math.floor((most - 1) / 2);
  return `${text.slice(0, begin)}…${text.slice(begin + 1 - most)}`.toWellFormed();
}
