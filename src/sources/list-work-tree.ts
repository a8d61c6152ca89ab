import { existsSync, lstatSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { explainGitFailure } from "./explain-git-failure.ts";
import { runGit } from "./run-git.ts";

/**
 * The files that git sees below a folder of a work tree: tracked, and untracked ones that are not ignored. undefined:
 * this is no work tree, git is not installed, or the whole folder is ignored, so that git has no say in it.
 */
export async function listWorkTree(folder: string, signal?: AbortSignal): Promise<readonly string[] | undefined> {
  if (!isBelowRepository(folder)) return undefined;
  const listing = await runGit({
    folder,
    arguments: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    signal,
  });
  if (listing.kind === "absent" || (listing.kind === "failed" && noWorkTree.test(listing.complaint))) return undefined;
  if (listing.kind !== "done") throw explainGitFailure(listing, "list the files of", folder);
  const paths = [...new Set(listing.output.toString().split("\0"))].filter((path) => isFileOrLink(folder, path));
  return paths.length === 0 && (await isIgnored(folder, signal)) ? undefined : paths;
}

const noWorkTree = /not a git repository|must be run in a work tree/i;

/** To ask git itself takes a process. */
function isBelowRepository(folder: string): boolean {
  for (let parent = folder; ; parent = dirname(parent)) {
    if (existsSync(join(parent, ".git"))) return true;
    if (parent === dirname(parent)) return false;
  }
}

/** False for deleted files, submodules, and repositories inside of this one. */
function isFileOrLink(folder: string, path: string): boolean {
  if (path === "" || path.endsWith("/")) return false;
  const stats = lstatSync(join(folder, path), { throwIfNoEntry: false });
  return stats !== undefined && (stats.isFile() || stats.isSymbolicLink());
}

async function isIgnored(folder: string, signal: AbortSignal | undefined): Promise<boolean> {
  const question = ["check-ignore", "--quiet", "--", basename(folder)];
  const answer = await runGit({ folder: dirname(folder), arguments: question, signal });
  return answer.kind === "done";
}
