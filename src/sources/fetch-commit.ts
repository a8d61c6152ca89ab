import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TalosError } from "../talos-error.ts";
import { explainGitFailure, isKnownComplaint } from "./explain-git-failure.ts";
import { askClone, askRemote, type GitClone } from "./git-clone.ts";
import type { BranchHead } from "./git-repository.ts";
import { inTurn } from "./in-turn.ts";
import { nameBeside, removeLeftovers } from "./remove-leftovers.ts";
import { removeStaleLocks } from "./remove-stale-locks.ts";
import type { GitAnswer } from "./run-git.ts";

type Signal = AbortSignal | undefined;

const fetchedRef = "refs/talos/head";
/** Another one, because other processes take what they find at the first for the branch that is watched. */
const asideRef = "refs/talos/aside";

export function hasClone(clone: GitClone): boolean {
  return existsSync(join(clone.folder, "HEAD"));
}

/** Makes the clone when there is none, and fetches the commit unless it is there already. */
export function fetchCommit(clone: GitClone, head: BranchHead, signal: Signal): Promise<void> {
  return inTurn(clone.folder, async () => {
    if (!existsSync(clone.folder)) return makeClone(clone, head, signal);
    if (!hasClone(clone)) return replaceClone(clone, head, signal);
    if (await hasCommit(clone, head.commit, signal)) return;
    await fetchMore(clone, head, [], signal);
    await removeLeftovers(clone.folder);
  });
}

/** The branch as it is now, with its commit. undefined: there is no clone yet, or it could not be fetched. */
export function fetchBranch(clone: GitClone, branch: string, signal: Signal): Promise<BranchHead | undefined> {
  return inTurn(clone.folder, async () => {
    if (!hasClone(clone)) return undefined;
    const request = fetchRequest(clone, `refs/heads/${branch}`, ["--no-auto-maintenance"]);
    if ((await askRemote(clone, request, signal)).kind !== "done") return undefined;
    const answer = await askClone(clone, { arguments: ["rev-parse", "--verify", "--quiet", fetchedRef] }, signal);
    return answer.kind === "done" ? { branch, commit: answer.output.toString().trim() } : undefined;
  });
}

/**
 * Fetches a branch as it is now, `extent` of it; nothing but its commits being there comes of it. False: there is no such
 * branch.
 */
export function fetchAside(
  clone: GitClone,
  branch: string,
  extent: readonly string[],
  signal: Signal,
): Promise<boolean> {
  return inTurn(clone.folder, async () => {
    const request = fetchRequest(clone, `refs/heads/${branch}`, extent, asideRef);
    const answer = await askRemote(clone, request, signal);
    if (answer.kind === "done") return true;
    if (answer.kind === "failed" && /couldn't find remote ref/i.test(answer.complaint)) return false;
    throw explainGitFailure(answer, "read", clone.name);
  });
}

/** Fetches so many commits more of the history behind what is there. */
export function deepenClone(clone: GitClone, head: BranchHead, commits: number, signal: Signal): Promise<void> {
  return inTurn(clone.folder, () => fetchMore(clone, head, [`--deepen=${commits}`], signal));
}

/** A damaged clone holds nothing that the remote does not have, but for commits that nobody has got yet. */
export function remakeClone(clone: GitClone, head: BranchHead, signal: Signal): Promise<void> {
  return inTurn(clone.folder, () => replaceClone(clone, head, signal));
}

async function replaceClone(clone: GitClone, head: BranchHead, signal: Signal): Promise<void> {
  clone.onNotice(`The clone of ${clone.name} in ${clone.folder} is damaged; it is made anew`);
  const aside = nameBeside(clone.folder, "damaged", randomUUID());
  await rename(clone.folder, aside).catch(ignoreAbsence);
  await rm(aside, { recursive: true, force: true });
  await makeClone(clone, head, signal);
}

/** Beside its place, and moved there when complete: however this ends, there never is half a clone. */
async function makeClone(clone: GitClone, head: BranchHead, signal: Signal): Promise<void> {
  const folder = nameBeside(clone.folder, "new", randomUUID());
  await mkdir(dirname(folder), { recursive: true });
  try {
    await mkdir(folder);
    const format = head.commit.length === 64 ? ["--object-format=sha256"] : [];
    const made = await askClone(
      { ...clone, folder },
      { arguments: ["init", "--quiet", "--bare", "--template=", ...format] },
      signal,
    );
    if (made.kind !== "done") throw explainGitFailure(made, "make a clone of", clone.name);
    const fetched = await fetchHead(clone, head, ["--depth=1"], signal, folder);
    if (fetched.kind !== "done") throw explainGitFailure(fetched, "read", clone.name);
    if (!(await hasCommit({ ...clone, folder }, head.commit, signal))) throw explainMove(clone);
    await rename(folder, clone.folder).catch((error: unknown) => {
      // Another process was faster.
      if (!hasClone(clone)) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fetchMore(clone: GitClone, head: BranchHead, extent: readonly string[], signal: Signal): Promise<void> {
  const again = () => fetchHead(clone, head, extent, signal);
  let answer = await again();
  if (isLocked(answer) && (await removeStaleLocks(clone.folder, clone.deadlineSeconds))) answer = await again();
  if (answer.kind === "done" && (await hasCommit(clone, head.commit, signal))) return;
  if (answer.kind === "done") throw explainMove(clone);
  // Another process may have fetched it at the same time.
  if (extent.length === 0 && (await hasCommit(clone, head.commit, signal))) return;
  if (answer.kind === "failed" && !isKnownComplaint(answer.complaint) && (await isDamaged(clone, signal)))
    return replaceClone(clone, head, signal);
  throw explainGitFailure(answer, "read", clone.name);
}

/** By its id, which is what was asked for however the branch moves; else by the branch, for servers of old protocols. */
async function fetchHead(
  clone: GitClone,
  head: BranchHead,
  extent: readonly string[],
  signal: Signal,
  folder = clone.folder,
): Promise<GitAnswer> {
  const byCommit = await askRemote(clone, fetchRequest(clone, head.commit, extent), signal, folder);
  if (byCommit.kind !== "failed" || !/not our ref|unadvertised object/i.test(byCommit.complaint)) return byCommit;
  return askRemote(clone, fetchRequest(clone, `refs/heads/${head.branch}`, extent), signal, folder);
}

function fetchRequest(clone: GitClone, wanted: string, extent: readonly string[], ref = fetchedRef) {
  const options = ["--quiet", "--no-tags", "--no-prune", "--no-recurse-submodules", "--no-write-fetch-head"];
  const settings: readonly (readonly [string, string])[] = [
    // As one pack, which is there as a whole or not at all.
    ["fetch.unpackLimit", "1"],
    ["gc.autoDetach", "false"],
    ["maintenance.autoDetach", "false"],
    ["core.filesRefLockTimeout", "2000"],
  ];
  return {
    arguments: ["fetch", ...options, ...extent, "--", clone.remote.url, `+${wanted}:${ref}`],
    settings,
  };
}

async function hasCommit(clone: GitClone, commit: string, signal: Signal): Promise<boolean> {
  const answer = await askClone(clone, { arguments: ["cat-file", "-e", `${commit}^{commit}`] }, signal);
  if (answer.kind === "done" || answer.kind === "failed") return answer.kind === "done";
  throw explainGitFailure(answer, "read", clone.name);
}

async function isDamaged(clone: GitClone, signal: Signal): Promise<boolean> {
  const answer = await askClone(clone, { arguments: ["fsck", "--connectivity-only", "--no-dangling"] }, signal);
  return answer.kind === "failed";
}

function isLocked(answer: GitAnswer): boolean {
  return answer.kind === "failed" && /\.lock': File exists/.test(answer.complaint);
}

function explainMove(clone: GitClone): TalosError {
  return new TalosError("source-unreadable", `Could not read ${clone.name}: the branch moved while it was read`, {
    retryable: true,
    hint: "Try again.",
  });
}

function ignoreAbsence(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
}
