import { TalosError } from "../talos-error.ts";
import { explainGitFailure } from "./explain-git-failure.ts";
import { runGit } from "./run-git.ts";

/** Before files are written that shall be committed: refuses where the commit would take a person's own changes along. */
export async function checkCommittable(root: string, paths: readonly string[], signal?: AbortSignal): Promise<void> {
  const status = await runGit({
    folder: root,
    arguments: ["--literal-pathspecs", "status", "--porcelain", "--untracked-files=all", "-z", "--", ...paths],
    signal,
  });
  if (status.kind !== "done") throw explainGitFailure(status, "commit in", root);
  const [first] = status.output.toString().split("\0");
  if (first === undefined || first === "") return;
  const what = first.startsWith("??") ? "is not tracked by git" : "has changes that are not committed";
  throw new TalosError("edit-refused", `${first.slice(3)} ${what}; nothing was written`, {
    hint: "commit it first, or run apply without --commit",
  });
}
