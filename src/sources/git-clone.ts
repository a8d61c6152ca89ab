import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { concealCredentials } from "./conceal-credentials.ts";
import { withoutSecrets } from "./explain-git-failure.ts";
import { type GitRemote, gitRemote } from "./git-remote.ts";
import type { GitRepositoryOptions } from "./git-repository.ts";
import { type GitAnswer, type GitRequest, runGit } from "./run-git.ts";

/** The bare clone of one branch of a repository, whether it is there yet or not. */
export interface GitClone {
  /** Of the repository, for messages. */
  readonly name: string;
  readonly folder: string;
  readonly remote: GitRemote;
  readonly deadlineSeconds: number;
  readonly onNotice: (text: string) => void;
}

type Request = Pick<GitRequest, "arguments" | "input" | "environment" | "settings" | "outputLimitBytes">;

export function gitClone(options: GitRepositoryOptions): GitClone {
  const { url, branch, workFolder, account, deadlineSeconds, onNotice } = options;
  const remote = gitRemote(url, account);
  const identity = createHash("sha256").update(JSON.stringify([remote.url, branch ?? null]));
  return {
    name: withoutSecrets(url) + (branch === undefined ? "" : `#${branch}`),
    folder: join(workFolder, `${identity.digest("hex").slice(0, 32)}.git`),
    remote,
    deadlineSeconds,
    onNotice: onNotice ?? (() => undefined),
  };
}

/** Asks the clone alone, or changes it. */
export function askClone(clone: GitClone, request: Request, signal: AbortSignal | undefined): Promise<GitAnswer> {
  const { folder, deadlineSeconds } = clone;
  const where = { folder, arguments: ["--git-dir=.", ...request.arguments] };
  return runGit({ ...request, ...where, deadlineSeconds, signal, hasOwnGroup: true });
}

/** Asks the remote with the clone at hand, as fetch and push need it. `folder`: a clone that is being made. */
export async function askRemote(
  clone: GitClone,
  request: Request,
  signal: AbortSignal | undefined,
  folder = clone.folder,
): Promise<GitAnswer> {
  const { settings, environment } = clone.remote.access;
  const both = {
    arguments: request.arguments,
    settings: [...settings, ...(request.settings ?? [])],
    environment: { ...environment, ...request.environment },
  };
  return concealCredentials(await askClone({ ...clone, folder }, both, signal), environment);
}

/** Asks the remote without a clone. */
export async function listRemote(
  clone: GitClone,
  patterns: readonly string[],
  signal: AbortSignal | undefined,
): Promise<GitAnswer> {
  const folder = dirname(clone.folder);
  await mkdir(folder, { recursive: true });
  const { settings, environment } = clone.remote.access;
  const answer = await runGit({
    folder,
    arguments: ["ls-remote", "--quiet", "--symref", "--", clone.remote.url, ...patterns],
    settings,
    // The work folder may lie in a work tree of something else, whose settings have no say here.
    environment: { ...environment, GIT_CEILING_DIRECTORIES: dirname(folder) },
    deadlineSeconds: clone.deadlineSeconds,
    signal,
    hasOwnGroup: true,
  });
  return concealCredentials(answer, environment);
}
