import { replaceInSource } from "../../updates/replace-in-source.ts";
import type { KeyedEntry } from "../queue/decide-queue.ts";
import type { SourceReading } from "../scan/read-source.ts";

export interface FailedEntry {
  readonly keyed: KeyedEntry;
  readonly text: string;
}

export interface EditedEntries {
  /** What changes, by file. */
  readonly texts: ReadonlyMap<string, string>;
  readonly taken: readonly KeyedEntry[];
  /** Those that could not be written into the files, and why. */
  readonly failed: readonly FailedEntry[];
}

/** All at once; where that is refused, one after the other, so that one that cannot be written keeps no other back. */
export function editEntries(entries: readonly KeyedEntry[], { snapshot, rules }: SourceReading): EditedEntries {
  const attempt = (chosen: readonly KeyedEntry[]) =>
    replaceInSource(
      snapshot,
      rules,
      chosen.flatMap(({ entry }) =>
        entry.update.members.map(({ file, pointer, from, to }) => ({ file, pointer, expected: from, next: to })),
      ),
    );
  const whole = attempt(entries);
  if (whole.kind === "replaced") return { texts: whole.texts, taken: entries, failed: [] };
  let texts: ReadonlyMap<string, string> = new Map();
  const taken: KeyedEntry[] = [];
  const failed: FailedEntry[] = [];
  for (const keyed of entries) {
    const edited = attempt([...taken, keyed]);
    if (edited.kind === "refused") failed.push({ keyed, text: edited.text });
    else {
      texts = edited.texts;
      taken.push(keyed);
    }
  }
  return { texts, taken, failed };
}
