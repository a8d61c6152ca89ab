/**
 * The one place where git is started. No shell, no prompts, no hooks, no programs that a repository's own settings name;
 * everything else (credentials, identity, proxies, signing) is as the person has set it up. What is secret goes in by
 * environment, because everybody on the machine can read argument lists. A failing git is a value: what it means
 * depends on what was asked, so the caller says it.
 */
import { execFile, spawnSync } from "node:child_process";

export interface GitRequest {
  readonly folder: string;
  readonly arguments: readonly string[];
  readonly input?: string;
  /** Added to the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** git's own settings for this once, which may be secret. */
  readonly settings?: readonly (readonly [name: string, value: string])[];
  readonly signal?: AbortSignal | undefined;
  readonly deadlineSeconds?: number;
}

export type GitAnswer =
  | { readonly kind: "done"; readonly output: Buffer }
  /** `complaint` is what git wrote to its error output, unchanged. */
  | { readonly kind: "failed"; readonly complaint: string }
  | { readonly kind: "too-slow"; readonly deadlineSeconds: number }
  | { readonly kind: "absent" };

const outputLimitBytes = 256 * 1024 * 1024;

/** Throws only when `signal` is aborted. */
export function runGit(request: GitRequest): Promise<GitAnswer> {
  const { deadlineSeconds = 60, signal } = request;
  return new Promise((resolve, reject) => {
    const child = execFile(
      "git",
      [...safetyArguments, ...request.arguments],
      {
        cwd: request.folder,
        env: gitEnvironment(request),
        encoding: "buffer",
        maxBuffer: outputLimitBytes,
        timeout: deadlineSeconds * 1000,
        ...(signal === undefined ? {} : { signal }),
      },
      (error, stdout, stderr) => {
        if (signal?.aborted === true) reject(signal.reason);
        else if (error === null) resolve({ kind: "done", output: stdout });
        else if (error.code === "ENOENT") resolve({ kind: "absent" });
        else if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER")
          resolve({ kind: "failed", complaint: "git's answer is too long" });
        else if (error.killed === true) resolve({ kind: "too-slow", deadlineSeconds });
        else resolve({ kind: "failed", complaint: stderr.toString() || stdout.toString() || error.message });
      },
    );
    // A git that ends before it has read everything closes the pipe; its exit says what happened.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(request.input ?? "");
  });
}

/** For the few small questions inside of something synchronous. */
export function runGitSync(request: Pick<GitRequest, "folder" | "arguments">): GitAnswer {
  const { error, status, stdout, stderr } = spawnSync("git", [...safetyArguments, ...request.arguments], {
    cwd: request.folder,
    env: gitEnvironment({}),
    maxBuffer: outputLimitBytes,
    timeout: 20_000,
  });
  if (error !== undefined && "code" in error && error.code === "ENOENT") return { kind: "absent" };
  if (error !== undefined || status !== 0) return { kind: "failed", complaint: stderr?.toString() || `${error}` };
  return { kind: "done", output: stdout };
}

const safetyArguments = [
  ["-c", "core.hooksPath=/dev/null"],
  ["-c", "core.fsmonitor=false"],
  ["-c", "protocol.ext.allow=never"],
  ["--no-pager"],
].flat();

/** Variables that point git at another repository than the one in its folder: they are set where Talos runs in a hook. */
const redirections = new Set(
  [
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"],
    ["GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_SHALLOW_FILE"],
    ["GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE", "GIT_TRACE", "GIT_TRACE_CURL", "GIT_CURL_VERBOSE"],
    // They change what a path means.
    ["GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"],
  ].flat(),
);

function gitEnvironment({ environment, settings = [] }: Pick<GitRequest, "environment" | "settings">) {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !redirections.has(name)));
  const first = Number(inherited.GIT_CONFIG_COUNT ?? 0);
  return {
    // ssh asks this program, which says no, where it would ask on the terminal and wait. Not GIT_SSH_COMMAND: that would
    // hide the `core.sshCommand` a person has set.
    SSH_ASKPASS: "false",
    ...inherited,
    SSH_ASKPASS_REQUIRE: "force",
    // What git complains about is read by explain-git-failure.ts, which knows it in English only.
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    ...Object.fromEntries(settings.map(([name], index) => [`GIT_CONFIG_KEY_${first + index}`, name])),
    ...Object.fromEntries(settings.map(([, value], index) => [`GIT_CONFIG_VALUE_${first + index}`, value])),
    GIT_CONFIG_COUNT: String(first + settings.length),
    ...environment,
  };
}
