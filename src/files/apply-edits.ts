import type { Edit } from "./edit.ts";

export type AppliedEdits =
  | { readonly kind: "applied"; readonly text: string }
  | { readonly kind: "refused"; readonly text: string };

/**
 * Changes one file. Nothing but the places of the edits is touched, and nothing at all when a place does not hold the text
 * that was planned for, or when two edits want the same place.
 */
export function applyEdits(text: string, edits: readonly Edit[]): AppliedEdits {
  const parts: string[] = [];
  let done = 0;
  let last: Edit | undefined;
  for (const edit of edits.toSorted((a, b) => a.place.start - b.place.start || a.place.end - b.place.end)) {
    const { file, line, start, end } = edit.place;
    if (last !== undefined && isSame(last, edit)) continue;
    if (start < done || (last !== undefined && start === last.place.start))
      return {
        kind: "refused",
        text: `Two changes want the same text in ${file}, line ${line}: make them one by one.`,
      };
    const found = text.slice(start, end);
    if (found !== edit.from) {
      const what = `${file}, line ${line}, has \`${shorten(found)}\` where \`${shorten(edit.from)}\` was expected`;
      return { kind: "refused", text: `${what}: the file has changed since, so look again.` };
    }
    parts.push(text.slice(done, start), edit.to);
    done = end;
    last = edit;
  }
  return { kind: "applied", text: parts.join("") + text.slice(done) };
}

function isSame(a: Edit, b: Edit): boolean {
  return a.place.start === b.place.start && a.place.end === b.place.end && a.from === b.from && a.to === b.to;
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
