import { createHash } from "node:crypto";
import { explainGitFailure } from "./explain-git-failure.ts";
import { fetchAside } from "./fetch-commit.ts";
import { askClone, type GitClone } from "./git-clone.ts";
import type { CommitChange } from "./git-repository.ts";

type Signal = AbortSignal | undefined;

/** What changes more than this is nothing that Talos does. */
const outputLimitBytes = 8 * 1024 * 1024;

/** There is a clone. What it lacks is fetched from the branch: its new commits, or one more of those behind. */
export async function readChange(
  clone: GitClone,
  commit: string,
  branch: string,
  signal: Signal,
): Promise<CommitChange | undefined> {
  // An id, and nothing that git could take for an option or a range.
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) return undefined;
  let parents = await readParents(clone, commit, signal);
  if (parents === undefined && (await fetchAside(clone, branch, [], signal)))
    parents = await readParents(clone, commit, signal);
  if (parents === undefined) return undefined;
  const [first] = parents;
  if (first === undefined) return { parents, digest: undefined };
  const isCut = (await readParents(clone, first, signal)) === undefined;
  if (isCut) await fetchAside(clone, branch, ["--deepen=2"], signal);
  return { parents, digest: await digestChange(clone, first, commit, signal) };
}

/** As the commit itself says, also where a shallow clone ends with it. undefined: it is not here. */
async function readParents(clone: GitClone, commit: string, signal: Signal): Promise<readonly string[] | undefined> {
  const answer = await askClone(clone, { arguments: ["cat-file", "commit", commit] }, signal);
  if (answer.kind === "failed") return undefined;
  if (answer.kind !== "done") throw explainGitFailure(answer, "read", clone.name);
  const [head = ""] = answer.output.toString("latin1").split("\n\n", 1);
  return [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, id = ""]) => id);
}

/** Of the lines that go and come in each file, wherever in it they stand and whatever is around them. */
async function digestChange(
  clone: GitClone,
  parent: string,
  commit: string,
  signal: Signal,
): Promise<string | undefined> {
  const form = ["-r", "-p", "--unified=0", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv", "--text"];
  const question = ["diff-tree", ...form, "--src-prefix=a/", "--dst-prefix=b/", parent, commit];
  const answer = await askClone(clone, { arguments: question, outputLimitBytes }, signal);
  if (answer.kind !== "done" || answer.output.length === 0) return undefined;
  const lines = answer.output.toString("latin1").split("\n");
  const told = lines.filter((line) => !/^(?:@@|index) /.test(line));
  return createHash("sha256").update(told.join("\n")).digest("hex");
}
