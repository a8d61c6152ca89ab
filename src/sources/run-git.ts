/**
 * The one place where git is started. No shell, no prompts, no hooks, no programs that a repository's own settings name;
 * everything else (credentials, identity, proxies, signing) is as the person has set it up. What is secret goes in by
 * environment, because everybody on the machine can read argument lists. A failing git is a value: what it means
 * depends on what was asked, so the caller says it.
 */
import { spawnSync } from "node:child_process";
import { type ProcessEnd, runProcess } from "../programs/run-process.ts";
import { inSpan, type Span } from "../telemetry/trace.ts";

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
  /** Of what it writes, at most; a longer answer is a failure. 256 MiB if not set. */
  readonly outputLimitBytes?: number;
  /** What git starts (ssh, helpers) ends with it at the deadline; Ctrl-C in a terminal does not reach them. */
  readonly hasOwnGroup?: boolean;
}

export type GitAnswer =
  | { readonly kind: "done"; readonly output: Buffer }
  /** `complaint` is what git wrote to its error output, unchanged. */
  | {
      readonly kind: "failed";
      readonly complaint: string;
      readonly exitCode: number | undefined;
      readonly output: string;
    }
  | { readonly kind: "too-slow"; readonly deadlineSeconds: number }
  | { readonly kind: "absent" };

const usualLimitBytes = 256 * 1024 * 1024;

/** Throws only when `signal` is aborted. */
export function runGit(request: GitRequest): Promise<GitAnswer> {
  return inSpan("git", `git ${nameCommand(request)}`, {}, async (span) => {
    const answer = await run(request);
    if (answer.kind === "failed") noteExit(answer.exitCode, span);
    else if (answer.kind !== "done") span.fail(answer.kind);
    return answer;
  });
}

/** 1 is how most commands say no; whether that is a failure, only the caller knows. */
function noteExit(exitCode: number | undefined, span: Span): void {
  if (exitCode !== undefined) span.set({ "process.exit.code": exitCode });
  if (exitCode !== 1) span.fail("failed");
}

/** The sub-command alone: everything else may hold a secret. */
function nameCommand(request: GitRequest): string {
  return request.arguments.find((argument) => /^[a-z][a-z-]*$/.test(argument)) ?? "";
}

async function run(request: GitRequest): Promise<GitAnswer> {
  const { deadlineSeconds = 60, signal } = request;
  signal?.throwIfAborted();
  const end = await runProcess({
    command: "git",
    arguments: [...safetyArguments, ...request.arguments],
    folder: request.folder,
    environment: gitEnvironment(request),
    input: request.input ?? "",
    signal,
    deadlineSeconds,
    outputLimitBytes: request.outputLimitBytes ?? usualLimitBytes,
    hasOwnGroup: request.hasOwnGroup ?? false,
  });
  signal?.throwIfAborted();
  switch (end.kind) {
    case "exited":
      return end.exitCode === 0 ? { kind: "done", output: end.output } : explainExit(end);
    case "no-program":
      return { kind: "absent" };
    case "not-started":
      return failed(end.reason);
    case "too-long":
      return failed("git's answer is too long");
    case "too-slow":
    case "aborted":
      return { kind: "too-slow", deadlineSeconds };
  }
}

function explainExit({ exitCode, output, errors }: ProcessEnd & { readonly kind: "exited" }): GitAnswer {
  const complaint = errors.toString() || output.toString() || "git was ended";
  return { kind: "failed", complaint, exitCode, output: output.toString() };
}

function failed(complaint: string): GitAnswer {
  return { kind: "failed", complaint, exitCode: undefined, output: "" };
}

/** For the few small questions inside of something synchronous. */
export function runGitSync(request: Pick<GitRequest, "folder" | "arguments">): GitAnswer {
  const { error, status, stdout, stderr } = spawnSync("git", [...safetyArguments, ...request.arguments], {
    cwd: request.folder,
    env: gitEnvironment({}),
    maxBuffer: usualLimitBytes,
    timeout: 20_000,
  });
  if (error !== undefined && "code" in error && error.code === "ENOENT") return { kind: "absent" };
  if (error !== undefined || status !== 0) return failed(stderr?.toString() || `${error}`);
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
