import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseRepositoryUrl } from "../../config/repository-url.ts";
import type { GitAccount } from "../../sources/git-repository.ts";
import { TalosError } from "../../talos-error.ts";
import { createSecret } from "../../telemetry/secret.ts";
import type { Questions } from "./questions.ts";
import { type Asking, type Parsed, settleAnswer } from "./settle-answer.ts";
import { nobody, type RepositoryAccess, type Trial, tryRepository } from "./try-repository.ts";

export interface RepositoryOptions {
  readonly url?: string | undefined;
  readonly username?: string | undefined;
  readonly "token-file"?: string | undefined;
}

export interface FoundRepository extends RepositoryAccess {
  /** The branch that was read, also where none is set. */
  readonly readBranch: string;
}

/** A repository that can be read: asks until there is one, or fails with the reason where nobody can be asked. */
export async function findRepository(options: RepositoryOptions, asking: Asking): Promise<FoundRepository> {
  for (let given = options.url; ; given = undefined) {
    const url = await settleAnswer(given, "Repository (URL or path)", parseUrl, asking);
    const access = { url, branch: undefined, account: readAccount(options) };
    const found = await settle(access, await tryRepository(access), asking);
    if (found !== undefined) return found;
  }
}

function parseUrl(answer: string): Parsed<string> {
  if (answer === "") return { problem: "a repository is needed" };
  // Talos may be started in another folder.
  const parsed = parseRepositoryUrl(existsSync(answer) ? resolve(answer) : answer);
  return parsed.kind === "url" ? { value: parsed.url } : { problem: `the URL ${parsed.problem}` };
}

function readAccount({ username, "token-file": file }: RepositoryOptions): GitAccount {
  const account = { ...nobody, username: username ?? nobody.username };
  if (file === undefined) return account;
  try {
    return { ...account, token: createSecret(readFileSync(file, "utf8").trim()) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TalosError("usage", `the token cannot be read: ${reason}`, { hint: "give another --token-file", cause });
  }
}

/** undefined: another URL is wanted. */
async function settle(
  access: RepositoryAccess,
  first: Trial,
  { questions, say }: Asking,
): Promise<FoundRepository | undefined> {
  let trial = first;
  let { account } = access;
  while (trial.kind !== "ready") {
    const isReadable = trial.kind === "read-only";
    if (!isReadable && questions === undefined) throw new TalosError("usage", trial.problem);
    say(isReadable ? `It can be read, but not pushed to: ${trial.problem}` : trial.problem);
    const canSignIn = /^https?:/i.test(access.url) && (trial.kind === "read-only" || trial.mayNeedAccount);
    const asked = questions !== undefined && canSignIn ? await askAccount(questions, isReadable) : undefined;
    if (asked === undefined) return trial.kind === "read-only" ? found(access, account, trial) : undefined;
    account = asked;
    trial = await tryRepository({ ...access, account });
  }
  return found(access, account, trial);
}

function found(
  access: RepositoryAccess,
  account: GitAccount,
  { branch }: { readonly branch: string },
): FoundRepository {
  return { ...access, account, readBranch: branch };
}

/** undefined: without one. */
async function askAccount(questions: Questions, isReadable: boolean): Promise<GitAccount | undefined> {
  const otherwise = isReadable ? "go on without pushing" : "another URL";
  const username = await questions.ask(`User name for HTTPS, as oauth2 (empty: ${otherwise})`);
  if (username === "") return undefined;
  return { ...nobody, username, token: createSecret(await questions.askHidden("Access token (does not show)")) };
}
