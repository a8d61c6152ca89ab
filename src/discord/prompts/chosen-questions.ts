import type { Prompt, ShownQuestion } from "../board/board.ts";

/**
 * Some of a prompt's questions, as an id that fits into a button's: the prompt's key, and a bit for each place. Questions of
 * a prompt keep their places.
 */
export function formatChosen(key: string, { questions }: Prompt, ids: readonly string[]): string {
  const mask = questions.reduce((sum, { id }, place) => (ids.includes(id) ? sum + 2 ** place : sum), 0);
  return `${key}-${mask.toString(16)}`;
}

export function parseChosen(
  id: string,
): { readonly key: string; readonly isChosen: (place: number) => boolean } | undefined {
  const { key, bits } = /^(?<key>\d+)-(?<bits>[0-9a-f]{1,8})$/.exec(id)?.groups ?? {};
  if (key === undefined || bits === undefined) return undefined;
  const mask = Number.parseInt(bits, 16);
  return { key, isChosen: (place) => place < 32 && ((mask >>> place) & 1) === 1 };
}

export function pickChosen({ questions }: Prompt, isChosen: (place: number) => boolean): readonly ShownQuestion[] {
  return questions.filter((_, place) => isChosen(place));
}
