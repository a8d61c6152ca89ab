import { TalosError } from "../talos-error.ts";
import { explainGitFailure } from "./explain-git-failure.ts";
import { type GitClone, listRemote } from "./git-clone.ts";
import type { BranchHead } from "./git-repository.ts";

type Signal = AbortSignal | undefined;

/** `branch` undefined: the one that the repository calls its own. */
export async function readRemoteHead(clone: GitClone, branch: string | undefined, signal: Signal): Promise<BranchHead> {
  const own = "HEAD";
  const refs = await readRefs(clone, branch === undefined ? [own] : [own, `refs/heads/${branch}`], signal);
  const name = branch ?? refs.symbolic.get(own)?.replace(/^refs\/heads\//, "");
  const commit = refs.commits.get(branch === undefined ? own : `refs/heads/${branch}`);
  if (commit !== undefined && name !== undefined) return { branch: name, commit };
  if (commit !== undefined) throw unreadable(clone, "its HEAD is no branch", "Set the Branch of the repository.");
  if (branch !== undefined && refs.commits.has(own))
    throw unreadable(clone, "it has no such branch", "Check the Branch of the repository, or push that branch.");
  const other = branch === undefined ? ", or its HEAD names a branch that it does not have" : "";
  throw unreadable(clone, `the repository is empty${other}`, "Push a first commit, or set another Branch.");
}

export async function readRemoteBranch(clone: GitClone, branch: string, signal: Signal): Promise<string | undefined> {
  const ref = `refs/heads/${branch}`;
  return (await readRefs(clone, [ref], signal)).commits.get(ref);
}

interface RemoteRefs {
  readonly commits: ReadonlyMap<string, string>;
  readonly symbolic: ReadonlyMap<string, string>;
}

/** `ref: refs/heads/main\tHEAD` and `<id>\tHEAD`. A pattern also matches the ends of other names. */
async function readRefs(clone: GitClone, names: readonly string[], signal: Signal): Promise<RemoteRefs> {
  const answer = await listRemote(clone, names, signal);
  if (answer.kind !== "done") throw explainGitFailure(answer, "read", clone.name);
  const commits = new Map<string, string>();
  const symbolic = new Map<string, string>();
  for (const line of answer.output.toString().split("\n")) {
    const [, target, id, name = ""] = /^(?:ref: (\S+)|([0-9a-f]+))\t(.+)$/.exec(line) ?? [];
    if (target !== undefined) symbolic.set(name, target);
    else if (id !== undefined) commits.set(name, id);
  }
  return { commits, symbolic };
}

function unreadable(clone: GitClone, reason: string, hint: string): TalosError {
  return new TalosError("source-unreadable", `Could not read ${clone.name}: ${reason}`, { hint });
}
