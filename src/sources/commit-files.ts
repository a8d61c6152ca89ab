import { TalosError } from "../talos-error.ts";
import { explainGitFailure } from "./explain-git-failure.ts";
import { type GitAnswer, runGit } from "./run-git.ts";

interface CommitAuthor {
  readonly name: string;
  readonly email: string;
}

export interface CommitRequest {
  /** A folder of a work tree. */
  readonly root: string;
  /** From `root`; tracked already. */
  readonly paths: readonly string[];
  readonly message: string;
  /** undefined: as git is configured. */
  readonly author?: CommitAuthor;
  readonly signal?: AbortSignal;
}

/**
 * Commits these files as they are now; what else is staged or changed stays so. Hooks do not run. Gives the commit's id.
 */
export async function commitFiles(request: CommitRequest): Promise<string> {
  const { root, paths, message, author, signal } = request;
  const committed = await runGit({
    folder: root,
    arguments: ["--literal-pathspecs", "commit", "--quiet", "--no-verify", "--only", "--file=-", "--", ...paths],
    input: message,
    environment: author === undefined ? {} : identity(author),
    signal,
  });
  if (committed.kind !== "done") throw explainCommitFailure(committed, root);
  const head = await runGit({ folder: root, arguments: ["rev-parse", "HEAD"], signal });
  if (head.kind !== "done") throw explainGitFailure(head, "read the commit in", root);
  return head.output.toString().trim();
}

function identity({ name, email }: CommitAuthor): Readonly<Record<string, string>> {
  return { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email };
}

const complaints: readonly { readonly pattern: RegExp; readonly reason: string; readonly hint: string }[] = [
  {
    pattern: /tell me who you are|empty ident name|unable to auto-detect email/i,
    reason: "git does not know who you are",
    hint: "Set `git config --global user.name` and `user.email`.",
  },
  {
    pattern: /partial commit during a (merge|cherry-pick|rebase)/i,
    reason: "a merge, rebase or cherry-pick is not finished",
    hint: "Finish or abort it (`git status` says how), then commit the files.",
  },
  {
    pattern: /did not match any file/i,
    reason: "a file is not tracked by git",
    hint: "`git add` the file and commit.",
  },
  {
    pattern: /nothing to commit|no changes added|nothing added to commit/i,
    reason: "the files are as they were committed last",
    hint: "There is nothing to do.",
  },
  {
    pattern: /index\.lock/,
    reason: "another git is at work in the repository",
    hint: "Wait until it has finished, and commit the files.",
  },
  {
    pattern: /failed to sign|gpg failed|couldn't load public key/i,
    reason: "the commit could not be signed",
    hint: "Check `git config user.signingKey`, or switch signing off with `commit.gpgSign`.",
  },
];

/** The files are written by now: every hint says what is left to do. */
function explainCommitFailure(failure: Exclude<GitAnswer, { readonly kind: "done" }>, root: string): TalosError {
  const known = failure.kind === "failed" && complaints.find(({ pattern }) => pattern.test(failure.complaint));
  if (!known) return explainGitFailure(failure, "commit in", root);
  return new TalosError("edit-refused", `The files in ${root} are changed but not committed: ${known.reason}`, {
    hint: known.hint,
  });
}
