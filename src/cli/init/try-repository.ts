import { join } from "node:path";
import type { GitAccount, GitRepository } from "../../sources/git-repository.ts";
import { openGitRepository } from "../../sources/open-git-repository.ts";
import { TalosError } from "../../talos-error.ts";
import { userCacheFolder } from "../user-cache-folder.ts";

export interface RepositoryAccess {
  readonly url: string;
  readonly branch: string | undefined;
  readonly account: GitAccount;
}

export type Trial =
  | { readonly kind: "ready"; readonly branch: string }
  /** Can be read; `problem` says why nothing can be delivered. */
  | { readonly kind: "read-only"; readonly branch: string; readonly problem: string }
  | { readonly kind: "unreadable"; readonly problem: string; readonly mayNeedAccount: boolean };

const deadlineSeconds = 60;

export const nobody: GitAccount = {
  username: "oauth2",
  token: undefined,
  identityFile: undefined,
  knownHostsFile: undefined,
};

export function openForTrial(access: RepositoryAccess): GitRepository {
  return openGitRepository({
    ...access,
    workFolder: join(userCacheFolder(process.env), "init"),
    author: { name: "Talos", email: "talos@example.com" },
    signing: undefined,
    deadlineSeconds,
  });
}

/** Reads where the branch is, and tries a push that changes nothing. */
export async function tryRepository(access: RepositoryAccess): Promise<Trial> {
  try {
    const repository = openForTrial(access);
    const { branch } = await repository.readHead();
    const problem = await explain(() => repository.checkPush());
    return problem === undefined ? { kind: "ready", branch } : { kind: "read-only", branch, problem };
  } catch (error) {
    if (!(error instanceof TalosError)) throw error;
    // Whom nobody reaches, no password helps to.
    return { kind: "unreadable", problem: formatFailure(error), mayNeedAccount: !error.retryable };
  }
}

async function explain(check: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof TalosError) return formatFailure(error);
    throw error;
  }
}

function formatFailure({ message, hint }: TalosError): string {
  return hint === undefined ? message : `${message}\n  ${hint}`;
}
