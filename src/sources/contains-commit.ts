import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { explainGitFailure } from "./explain-git-failure.ts";
import { deepenClone, fetchCommit } from "./fetch-commit.ts";
import { askClone, type GitClone } from "./git-clone.ts";
import type { BranchHead } from "./git-repository.ts";

type Signal = AbortSignal | undefined;

/** Clocks of those who commit may differ by so much. */
const marginMs = 24 * 3600 * 1000;
const firstStep = 64;
const stepGrowth = 4;

/**
 * Looks back from `head` as far as a commit made at `madeMs` can be. What a shallow clone lacks is fetched, in growing
 * steps, until the commit is found or everything that is missing is older.
 */
export async function containsCommit(
  clone: GitClone,
  head: BranchHead,
  commit: string,
  madeMs: number,
  signal: Signal,
): Promise<boolean> {
  await fetchCommit(clone, head, signal);
  let before = "";
  for (let step = firstStep; ; step *= stepGrowth) {
    if (await isAncestor(clone, commit, head.commit, signal)) return true;
    const ends = await readShallowEnds(clone, head.commit, signal);
    const open = ends.filter(({ committedMs }) => committedMs >= madeMs - marginMs);
    const now = ends.map(({ id }) => id).join();
    // A remote that is shallow itself has no more to give.
    if (open.length === 0 || now === before) return false;
    before = now;
    await deepenClone(clone, head, step, signal);
  }
}

/** False too when the commit is not known here at all. */
async function isAncestor(clone: GitClone, commit: string, head: string, signal: Signal): Promise<boolean> {
  const answer = await askClone(clone, { arguments: ["merge-base", "--is-ancestor", commit, head] }, signal);
  if (answer.kind === "done") return true;
  const isNo = answer.kind === "failed" && (answer.exitCode === 1 || /not a valid commit name/i.test(answer.complaint));
  if (isNo) return false;
  throw explainGitFailure(answer, "read the history of", clone.name);
}

interface ShallowEnd {
  readonly id: string;
  readonly committedMs: number;
}

/** The oldest commits here, but for those that have no parents anywhere. */
async function readShallowEnds(clone: GitClone, head: string, signal: Signal): Promise<readonly ShallowEnd[]> {
  const shallow = join(clone.folder, "shallow");
  if (!existsSync(shallow)) return [];
  const cut = new Set((await readFile(shallow, "utf8")).split("\n"));
  const question = ["rev-list", "--max-parents=0", "--timestamp", head];
  const answer = await askClone(clone, { arguments: question }, signal);
  if (answer.kind !== "done") throw explainGitFailure(answer, "read the history of", clone.name);
  return answer.output
    .toString()
    .trim()
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, id = ""]) => cut.has(id))
    .map(([seconds, id = ""]) => ({ id, committedMs: Number(seconds) * 1000 }));
}
