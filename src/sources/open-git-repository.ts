/**
 * A branch of a git repository, over a bare clone that is made at first need and kept. All of its state is the clone, which
 * other processes may use at the same time and anybody may delete: what is missing is fetched, what is damaged is made
 * anew. Whoever waits for git waits at most `deadlineSeconds` for each call.
 */
import { TalosError } from "../talos-error.ts";
import { containsCommit } from "./contains-commit.ts";
import { fetchBranch, fetchCommit, hasClone } from "./fetch-commit.ts";
import { gitClone } from "./git-clone.ts";
import type { GitRepository, GitRepositoryOptions, PushOutcome } from "./git-repository.ts";
import { checkBranch } from "./git-url.ts";
import { makeCommit } from "./make-commit.ts";
import { openCommit } from "./open-commit.ts";
import { pushCommit, pushDeletion, pushExpecting, tryPush } from "./push-commit.ts";
import { readChange } from "./read-change.ts";
import { readRemoteBranch, readRemoteHead } from "./read-remote.ts";

/** Throws a TalosError `usage` for a URL or branch that is not taken. Starts nothing yet. */
export function openGitRepository(options: GitRepositoryOptions): GitRepository {
  const branch = options.branch === undefined ? undefined : checkBranch(options.branch);
  const clone = gitClone(options);
  return {
    name: clone.name,
    readHead: (signal) => readRemoteHead(clone, branch, signal),
    // Whatever stands in the way is explained by what reads the remote without a clone.
    refresh: async ({ branch: known }, signal) =>
      (await fetchBranch(clone, known, signal)) ?? readRemoteHead(clone, branch, signal),
    open: (head, signal) => openCommit(clone, head, signal),
    makeCommit: (commit, signal) => {
      const parent = { branch: branch ?? "HEAD", commit: commit.parent };
      return makeCommit(clone, options, parent, commit, signal);
    },
    push: (commit, head, signal) => pushCommit(clone, commit, head, signal),
    contains: (head, commit, madeMs, signal) => containsCommit(clone, head, commit, madeMs, signal),
    readChange: async (commit, name, signal) => {
      if (!hasClone(clone)) await fetchCommit(clone, await readRemoteHead(clone, branch, signal), signal);
      return readChange(clone, commit, checkBranch(name), signal);
    },
    readBranch: async (name, signal) => readRemoteBranch(clone, checkBranch(name), signal),
    putOwnBranch: async (name, commit, expected, signal) =>
      pushExpecting(clone, commit, ownRef(name), expected, signal),
    deleteOwnBranch: async (name, expected, signal) => {
      const ref = ownRef(name);
      // git pushes from a repository only, even if nothing of it.
      if (!hasClone(clone)) await fetchCommit(clone, await readRemoteHead(clone, branch, signal), signal);
      const outcome = await pushDeletion(clone, ref, expected, signal);
      if (outcome.kind === "moved" && (await readRemoteBranch(clone, name, signal)) === undefined) return;
      if (outcome.kind !== "pushed") throw explainOutcome(outcome, `remove the branch ${name} of ${clone.name}`);
    },
    checkPush: async (signal) => {
      const head = await readRemoteHead(clone, branch, signal);
      await fetchCommit(clone, head, signal);
      const outcome = await tryPush(clone, head, signal);
      if (outcome.kind === "uncertain") throw explainOutcome(outcome, `push to ${clone.name}`);
      return outcome.kind === "refused" ? outcome.text : undefined;
    },
  };
}

/** Throws for a branch that is not Talos's own. */
function ownRef(branch: string): string {
  if (!branch.startsWith("talos/")) throw new Error(`${branch} is no branch of Talos's own`);
  return `refs/heads/${checkBranch(branch)}`;
}

function explainOutcome(outcome: Exclude<PushOutcome, { readonly kind: "pushed" }>, what: string): TalosError {
  const hint = outcome.kind === "refused" ? outcome.hint : undefined;
  const reason = outcome.kind === "moved" ? "it was changed at the same time" : outcome.text;
  return new TalosError("source-unreadable", `Could not ${what}: ${reason}`, {
    retryable: outcome.kind !== "refused",
    ...(hint === undefined ? {} : { hint }),
  });
}
