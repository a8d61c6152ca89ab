/**
 * The newest commit of a branch of a repository somewhere else, without a work tree: files are read from the commit, so
 * nothing that the repository brings along (hooks, filters, links, submodules) takes effect on this machine. Each
 * repository has one bare copy under the work folder, kept, so that a second look fetches only what is new.
 */
import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { TalosError } from "../talos-error.ts";
import { commitText } from "./commit-text.ts";
import { filePaths, listTreeArguments, parseTree } from "./commit-tree.ts";
import { concealCredentials } from "./conceal-credentials.ts";
import { explainGitFailure, withoutSecrets } from "./explain-git-failure.ts";
import { checkBranch, checkGitUrl, type GitUrl } from "./git-url.ts";
import { type GitRequest, runGit } from "./run-git.ts";
import type { SourceSnapshot } from "./source-snapshot.ts";

export interface GitUrlOptions {
  /** undefined: the branch that the repository calls its own. */
  readonly branch?: string | undefined;
  /** Where the copies are kept. */
  readonly workFolder: string;
  readonly signal?: AbortSignal | undefined;
}

const fetchDeadlineSeconds = 120;

export async function openGitUrl(text: string, options: GitUrlOptions): Promise<SourceSnapshot> {
  const { branch, workFolder, signal } = options;
  const remote = checkGitUrl(text);
  const name = withoutSecrets(text) + (branch === undefined ? "" : `#${branch}`);
  const wantedRef = branch === undefined ? "HEAD" : `refs/heads/${checkBranch(branch)}`;
  const keptRef = `refs/talos/${wantedRef}`;

  const folder = join(workFolder, `${createHash("sha256").update(remote.url).digest("hex").slice(0, 32)}.git`);
  await mkdir(folder, { recursive: true });
  const git = (request: Omit<GitRequest, "folder" | "signal">) => askGit(name, { folder, signal, ...request });
  await git({ arguments: ["init", "--quiet", "--bare"] });
  await git(fetchRequest(remote, `+${wantedRef}:${keptRef}`));
  const commit = (await git({ arguments: ["rev-parse", "--verify", `${keptRef}^{commit}`] })).toString().trim();
  const tree = parseTree(await git({ arguments: listTreeArguments(commit) }));
  const texts = await commitText(folder, tree, signal);
  if (texts === undefined)
    throw new TalosError("source-unreadable", `Could not read ${name}: its copy in ${folder} is damaged`, {
      hint: "Delete that folder and try again.",
    });
  return { name, root: undefined, paths: filePaths(tree), text: texts, isGitWorkTree: false };
}

function fetchRequest(remote: GitUrl, refspec: string): Omit<GitRequest, "folder"> {
  const options = ["--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"];
  return {
    arguments: ["fetch", ...options, "--", remote.url, refspec],
    ...remote.credentials,
    environment: { ...remote.credentials.environment, GIT_ALLOW_PROTOCOL: remote.protocol },
    deadlineSeconds: fetchDeadlineSeconds,
  };
}

async function askGit(name: string, request: GitRequest): Promise<Buffer> {
  const made = await runGit({ ...request, arguments: ["--git-dir=.", ...request.arguments] });
  const answer = concealCredentials(made, request.environment ?? {});
  if (answer.kind !== "done") throw explainGitFailure(answer, "read", name);
  return answer.output;
}
