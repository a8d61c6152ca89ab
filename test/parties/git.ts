import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder.ts";

export interface GitRepository extends TemporaryFolder {
  /** Runs git in the work tree and gives its output without the last line break. */
  git(...args: readonly string[]): Promise<string>;
  /** Writes files, adds everything and commits; gives the commit's id. */
  commit(files: Readonly<Record<string, string | Uint8Array>>, message?: string): Promise<string>;
}

/** A new repository on the branch `main`, with an identity of its own and nothing of this machine's git settings. */
export async function gitRepository(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<GitRepository> {
  const folder = await temporaryFolder();
  const git = (...args: readonly string[]) => runTestGit(folder.path, ...args);
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "user.name", "Ada");
  await git("config", "user.email", "ada@example.com");
  const commit: GitRepository["commit"] = async (changes, message = "Change") => {
    await folder.write(changes);
    await git("add", "--all");
    await git("commit", "--quiet", "--allow-empty", "--message", message);
    return git("rev-parse", "HEAD");
  };
  await commit(files, "Begin");
  return { ...folder, git, commit };
}

/** A bare repository `<folder>/<name>.git` with the branches of `from`, which may be pushed to over HTTP. */
export async function bareRepository(folder: string, name: string, from?: GitRepository): Promise<string> {
  const path = join(folder, `${name}.git`);
  await mkdir(path, { recursive: true });
  await runTestGit(path, "init", "--quiet", "--bare", "--initial-branch=main");
  await runTestGit(path, "config", "http.receivepack", "true");
  if (from !== undefined) await from.git("push", "--quiet", path, "--all");
  return path;
}

export async function runTestGit(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)("git", args, { cwd: folder, env: gitTestEnvironment() });
  return stdout.replace(/\n$/, "");
}

function gitTestEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(inherited),
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
  };
}
