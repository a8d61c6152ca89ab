import { isDeepStrictEqual } from "node:util";
import { layOverRepositoryFile } from "../../config/watched-repositories.ts";
import type { FoundReference } from "../../files/found-reference.ts";
import type { FileText } from "../../files/source-text.ts";
import type { Policy } from "../../policy/policy.ts";
import type { BranchHead, CommitSnapshot } from "../../sources/git-repository.ts";
import { assessReference } from "../../updates/assess-reference.ts";
import { createFileRules, type FileRule } from "../../updates/file-rules.ts";
import { readReferences, type UnreadPlace } from "../../updates/read-references.ts";
import { readRepositoryFile } from "../../updates/read-repository-file.ts";
import type { DeliveryPorts, Source } from "../delivery-ports.ts";

/** A commit of a source, and how its files are to be read. */
export interface SourceReading {
  readonly snapshot: CommitSnapshot;
  readonly rules: readonly FileRule[];
  /** Every image of it, in the order of the files; found when first asked for. */
  readonly found: () => readonly FoundReference[];
  /** Their policies now, by `file#pointer`; undefined: not opted in, or not understood. */
  readonly policies: () => ReadonlyMap<string, Policy | undefined>;
  /** Files that cannot be read as what they are, as a whole or in part. */
  readonly unreadFiles: () => ReadonlySet<string>;
  /** What is wrong with the repository's own settings; then nothing of it may be changed. */
  readonly settingsProblems: readonly UnreadPlace[];
  /** Whether another commit says the same in every file that was read so far. */
  readonly isTrueOf: (snapshot: CommitSnapshot) => boolean;
}

/** `former`: of an earlier commit; nothing is worked out again when what it is about has not changed since. */
export async function readSource(
  { repository, settings }: Source,
  head: BranchHead,
  { isWrittenInFull }: DeliveryPorts,
  signal: AbortSignal,
  former?: SourceReading,
): Promise<SourceReading> {
  const commit = await repository.open(head, signal);
  if (former?.isTrueOf(commit) === true) return { ...former, snapshot: commit };
  const { snapshot, isTrueOf } = rememberTexts(commit);
  const own = readRepositoryFile(snapshot.text);
  const rules = createFileRules(layOverRepositoryFile(settings, own.settings), {
    unannotated: undefined,
    bump: undefined,
    isWrittenInFull,
  });
  let known: ReturnType<typeof readReferences> | undefined;
  const read = () => (known ??= readReferences(snapshot, rules));
  return {
    snapshot,
    rules,
    found: () => read().references.map(({ found }) => found),
    policies: () =>
      new Map(
        read().references.map(({ found, rule }) => [
          `${found.file}#${found.pointer}`,
          assessReference(found, rule.assessment).policy,
        ]),
      ),
    unreadFiles: () => new Set(read().problems.map(({ file }) => file)),
    settingsProblems: own.problems,
    isTrueOf,
  };
}

function rememberTexts(commit: CommitSnapshot): Pick<SourceReading, "snapshot" | "isTrueOf"> {
  const texts = new Map<string, FileText>();
  const text = (path: string): FileText => {
    const known = texts.get(path) ?? commit.text(path);
    texts.set(path, known);
    return known;
  };
  return {
    snapshot: { ...commit, text },
    isTrueOf: (other) =>
      isDeepStrictEqual(commit.paths, other.paths) &&
      [...texts].every(([path, known]) => isDeepStrictEqual(known, other.text(path))),
  };
}
