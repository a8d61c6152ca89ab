import { TalosError } from "../talos-error.ts";
import { explainGitFailure } from "./explain-git-failure.ts";
import { askClone, askRemote, type GitClone } from "./git-clone.ts";
import type { BranchHead, PushOutcome } from "./git-repository.ts";
import { readPushOutcome } from "./read-push-outcome.ts";
import type { GitAnswer } from "./run-git.ts";

type Signal = AbortSignal | undefined;

/**
 * Only a descendant of the branch goes, and only onto exactly the commit that is known to be there: somebody may have put
 * the branch back meanwhile, and a plain push would bring back what they took away.
 */
export async function pushCommit(
  clone: GitClone,
  commit: string,
  head: BranchHead,
  signal: Signal,
): Promise<PushOutcome> {
  const question = ["merge-base", "--is-ancestor", head.commit, commit];
  const answer = await askClone(clone, { arguments: question }, signal);
  if (answer.kind === "failed" && answer.exitCode === 1)
    throw new Error(`${commit} was not made on ${head.commit}, so it is not pushed to ${clone.name}`);
  if (answer.kind === "failed") throw explainLoss(clone);
  if (answer.kind !== "done") throw explainGitFailure(answer, "push to", clone.name);
  return pushExpecting(clone, commit, `refs/heads/${head.branch}`, head.commit, signal);
}

/** `expected` undefined: the branch must not exist. */
export async function pushExpecting(
  clone: GitClone,
  commit: string,
  ref: string,
  expected: string | undefined,
  signal: Signal,
): Promise<PushOutcome> {
  return outcomeOf(
    clone,
    await push(clone, [`--force-with-lease=${ref}:${expected ?? ""}`], `${commit}:${ref}`, signal),
  );
}

export async function pushDeletion(
  clone: GitClone,
  ref: string,
  expected: string,
  signal: Signal,
): Promise<PushOutcome> {
  return outcomeOf(clone, await push(clone, [`--force-with-lease=${ref}:${expected}`], `:${ref}`, signal));
}

export async function tryPush(clone: GitClone, head: BranchHead, signal: Signal): Promise<PushOutcome> {
  return outcomeOf(clone, await push(clone, ["--dry-run"], `${head.commit}:refs/heads/${head.branch}`, signal));
}

function push(clone: GitClone, extra: readonly string[], refspec: string, signal: Signal): Promise<GitAnswer> {
  const options = [
    "--porcelain",
    "--no-verify",
    "--no-follow-tags",
    "--recurse-submodules=no",
    "--no-signed",
    ...extra,
  ];
  return askRemote(clone, { arguments: ["push", ...options, "--", clone.remote.url, refspec] }, signal);
}

function outcomeOf(clone: GitClone, answer: GitAnswer): PushOutcome {
  const outcome = readPushOutcome(answer);
  if (outcome !== undefined) return outcome;
  throw answer.kind === "absent" ? explainGitFailure(answer, "push to", clone.name) : explainLoss(clone);
}

function explainLoss(clone: GitClone): TalosError {
  return new TalosError("source-unreadable", `Could not push to ${clone.name}: its clone has lost the commit`, {
    retryable: true,
    hint: "Make the commit again.",
  });
}
