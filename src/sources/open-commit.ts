import { TalosError } from "../talos-error.ts";
import { commitText } from "./commit-text.ts";
import { type CommitTree, filePaths, listTreeArguments, parseTree } from "./commit-tree.ts";
import { explainGitFailure } from "./explain-git-failure.ts";
import { fetchCommit, hasClone, remakeClone } from "./fetch-commit.ts";
import { askClone, type GitClone } from "./git-clone.ts";
import type { BranchHead, CommitSnapshot } from "./git-repository.ts";

type Signal = AbortSignal | undefined;

export async function openCommit(clone: GitClone, head: BranchHead, signal: Signal): Promise<CommitSnapshot> {
  return readCommit(clone, head, signal, async (tree) => {
    const text = await commitText(clone.folder, tree, signal);
    if (text === undefined) return undefined;
    return { name: clone.name, root: undefined, paths: filePaths(tree), text, isGitWorkTree: false, head };
  });
}

/**
 * What `read` makes of the tree of a commit, which is fetched when it is not there. `read` gives undefined when the clone
 * lacks something that belongs to the commit: then the clone is made anew, once.
 */
export async function readCommit<T>(
  clone: GitClone,
  head: BranchHead,
  signal: Signal,
  read: (tree: CommitTree) => Promise<T | undefined>,
): Promise<T> {
  const attempt = async () => {
    const tree = await readTree(clone, head.commit, signal);
    return tree && (await read(tree));
  };
  const held = hasClone(clone) ? await attempt() : undefined;
  if (held !== undefined) return held;
  await fetchCommit(clone, head, signal);
  const fetched = await attempt();
  if (fetched !== undefined) return fetched;
  await remakeClone(clone, head, signal);
  const remade = await attempt();
  if (remade !== undefined) return remade;
  throw new TalosError("source-unreadable", `Could not read ${clone.name}: git cannot read commit ${head.commit}`, {
    hint: `Check the disk of ${clone.folder}, and the repository by \`git fsck\`.`,
  });
}

/** What is read is often written to next, and a commit never changes. */
const latestTrees = new WeakMap<GitClone, { readonly commit: string; readonly tree: CommitTree }>();

/** undefined: the commit is not in the clone, or not as a whole. */
async function readTree(clone: GitClone, commit: string, signal: Signal): Promise<CommitTree | undefined> {
  const latest = latestTrees.get(clone);
  if (latest?.commit === commit) return latest.tree;
  const answer = await askClone(clone, { arguments: listTreeArguments(commit) }, signal);
  if (answer.kind === "done") {
    const tree = parseTree(answer.output);
    latestTrees.set(clone, { commit, tree });
    return tree;
  }
  if (answer.kind === "failed" && !isOfTheMachine(answer.complaint)) return undefined;
  throw explainGitFailure(answer, "read", clone.name);
}

/** What a new clone would not help against. */
function isOfTheMachine(complaint: string): boolean {
  return /permission denied|cannot allocate|too many open|no space|temporarily unavailable/i.test(complaint);
}
