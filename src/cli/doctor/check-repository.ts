import type { WatchedRepository } from "../../config/watched-repositories.ts";
import { layOverRepositoryFile } from "../../config/watched-repositories.ts";
import type { ImageReference } from "../../images/image-reference.ts";
import { parseImageReference } from "../../images/parse-image-reference.ts";
import { plural } from "../../operations/plural.ts";
import type { GitRepository } from "../../sources/git-repository.ts";
import type { SourceSnapshot } from "../../sources/source-snapshot.ts";
import { TalosError } from "../../talos-error.ts";
import { createFileRules } from "../../updates/file-rules.ts";
import { readReferences } from "../../updates/read-references.ts";
import { readRepositoryFile } from "../../updates/read-repository-file.ts";
import { type Finding, fails, notes, passes } from "./finding.ts";

export interface RepositoryCheck {
  readonly findings: readonly Finding[];
  /** What its files name: none when it cannot be read. */
  readonly images: readonly ImageReference[];
}

export function nameRepository({ id }: Pick<WatchedRepository, "id">): string {
  return `repository ${id}`;
}

/** Reachable, readable, and Talos may push to it. */
export async function checkRepository(
  watched: WatchedRepository,
  open: () => GitRepository,
  signal: AbortSignal,
): Promise<RepositoryCheck> {
  const name = nameRepository(watched);
  try {
    const repository = open();
    const head = await repository.readHead(signal);
    const snapshot = await repository.open(head, signal);
    const read = readImages(snapshot, watched);
    const where = `${head.branch} at ${head.commit.slice(0, 8)}`;
    const summary =
      read.images.length === 0
        ? notes(name, `${where} is readable, and none of its files names an image`, "see Glob in docs/files.md")
        : passes(name, `${where} is readable; ${plural(read.images.length, "image")} in its files`);
    return {
      findings: [summary, ...read.problems.map((text) => notes(name, text)), await checkPush(name, repository, signal)],
      images: read.images,
    };
  } catch (error) {
    if (signal.aborted || !(error instanceof TalosError)) throw error;
    return { findings: [fails(name, error.message, error.hint)], images: [] };
  }
}

async function checkPush(name: string, repository: GitRepository, signal: AbortSignal): Promise<Finding> {
  const refusal = await repository.checkPush(signal);
  if (refusal === undefined) return passes(name, "may be pushed to");
  return fails(name, `may not be pushed to: ${refusal}`, "give its token or key the right to write to this branch");
}

function readImages(snapshot: SourceSnapshot, { settings }: WatchedRepository) {
  const { settings: own, problems } = readRepositoryFile(snapshot.text);
  const wishes = { unannotated: undefined, bump: undefined, isWrittenInFull: false };
  const reading = readReferences(snapshot, createFileRules(layOverRepositoryFile(settings, own), wishes));
  const images = reading.references.flatMap(({ found }): readonly ImageReference[] => {
    const parsed = found.obstacle === undefined ? parseImageReference(found.image) : undefined;
    return parsed?.kind === "valid" ? [parsed.reference] : [];
  });
  const texts = [...problems, ...reading.problems].map(({ file, line, text }) =>
    line === undefined ? `${file}: ${text}` : `${file}:${line}: ${text}`,
  );
  return { images, problems: texts };
}
