import { join } from "node:path";
import { type GitAnswer, runGit } from "../../sources/run-git.ts";
import { TalosError } from "../../talos-error.ts";

/** Makes a git repository of a folder, and a bare one beside it that Talos pushes to as to a server. Gives the latter. */
export async function makeDemoRepository(folder: string): Promise<string> {
  const bare = `${folder}.git`;
  const git = async (...args: readonly string[]) => refuse(await runGit({ folder, arguments: args }));
  await git("init", "--quiet", "--initial-branch=main");
  // Forced, because a person's own list of ignored files may hold `.env`.
  await git("add", "--force", "--all");
  const author = ["-c", "user.name=You", "-c", "user.email=you@example.com", "-c", "commit.gpgSign=false"];
  await git(...author, "commit", "--quiet", "--message", "The containers of this house");
  await git("clone", "--quiet", "--bare", ".", join(bare));
  return bare;
}

function refuse(answer: GitAnswer): void {
  if (answer.kind === "done") return;
  const why = answer.kind === "failed" ? answer.complaint.trim() : "git is not there, or too slow";
  throw new TalosError("source-unreadable", `the demo cannot make its repository: ${why}`, {
    hint: "install git; or try `talos demo`, which needs none",
  });
}
