import { explainGitFailure } from "./explain-git-failure.ts";
import { runGit } from "./run-git.ts";

/** The way from the root of a repository to a folder of its work tree: `stacks/media/`; empty at the root. */
export async function workTreePrefix(folder: string, signal?: AbortSignal): Promise<string> {
  const answer = await runGit({ folder, arguments: ["rev-parse", "--show-prefix"], signal });
  if (answer.kind !== "done") throw explainGitFailure(answer, "read", folder);
  return answer.output.toString().replace(/\r?\n$/, "");
}
