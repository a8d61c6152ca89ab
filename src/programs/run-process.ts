import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";

export interface ProcessStart {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly input: string;
  readonly signal: AbortSignal | undefined;
  readonly deadlineSeconds: number;
  readonly outputLimitBytes: number;
  /** So that what it starts itself ends with it; then Ctrl-C in a terminal does not reach it either. */
  readonly hasOwnGroup: boolean;
}

export type ProcessEnd =
  /** `exitCode` undefined: killed by somebody else. */
  | { readonly kind: "exited"; readonly exitCode: number | undefined; readonly output: Buffer; readonly errors: Buffer }
  | { readonly kind: "too-slow" | "too-long" | "aborted" }
  | { readonly kind: "no-program" }
  | { readonly kind: "not-started"; readonly reason: string };

/** How long a program may take to clean up when it is told to end. */
const graceMs = 2000;
/** Groups that are running: they end when this process does. */
const groups = new Set<number>();
process.on("exit", () => {
  for (const group of groups) killGroup(group, "SIGKILL");
});

/** Runs a program to its end: its own, or the one that a deadline, the signal or too much output puts to it. */
export function runProcess(start: ProcessStart): Promise<ProcessEnd> {
  const { promise, resolve } = Promise.withResolvers<ProcessEnd>();
  const child = spawn(start.command, [...start.arguments], {
    cwd: start.folder,
    env: start.environment,
    detached: start.hasOwnGroup,
  });
  const group = start.hasOwnGroup ? child.pid : undefined;
  if (group !== undefined) groups.add(group);
  let cut: "too-slow" | "too-long" | "aborted" | undefined;
  const end = (reason: NonNullable<typeof cut>) => {
    // What outlives it may hold the pipes open (a shared SSH connection): that is no reason to wait or to fail.
    if (child.exitCode !== null) closePipes(child);
    else if (cut === undefined) {
      cut = reason;
      endProcess(child, group);
    }
  };
  const abort = () => end("aborted");
  const deadline = setTimeout(() => end("too-slow"), start.deadlineSeconds * 1000);
  start.signal?.addEventListener("abort", abort, { once: true });
  const output = collect(child.stdout, start.outputLimitBytes, () => end("too-long"));
  const errors = collect(child.stderr, start.outputLimitBytes, () => end("too-long"));
  const finish = (result: ProcessEnd) => {
    clearTimeout(deadline);
    start.signal?.removeEventListener("abort", abort);
    if (group !== undefined) groups.delete(group);
    resolve(result);
  };
  child.once("error", (error) => finish(whyNotStarted(error, start.folder)));
  child.once("close", (code) =>
    finish(
      cut === undefined
        ? { kind: "exited", exitCode: code ?? undefined, output: output(), errors: errors() }
        : { kind: cut },
    ),
  );
  // A program that ends before it has read everything closes the pipe; its exit says what happened.
  child.stdin.on("error", () => undefined);
  child.stdin.end(start.input);
  return promise;
}

function collect(stream: NodeJS.ReadableStream, limitBytes: number, tooMuch: () => void): () => Buffer {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limitBytes) tooMuch();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks);
}

/** First politely, so that it can remove its lock files; then everything that is left of its group. */
function endProcess(child: ChildProcess, group: number | undefined): void {
  const kill = (signal: NodeJS.Signals) => (group === undefined ? child.kill(signal) : killGroup(group, signal));
  kill("SIGTERM");
  const killer = setTimeout(() => {
    kill("SIGKILL");
    closePipes(child);
  }, graceMs);
  child.once("exit", () => {
    clearTimeout(killer);
    if (group !== undefined) killGroup(group, "SIGKILL");
    closePipes(child);
  });
}

function closePipes(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function killGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** A folder that is not there gives the same error as a program that is not there. */
function whyNotStarted(error: Error, folder: string): ProcessEnd {
  if (!("code" in error) || error.code !== "ENOENT") return { kind: "not-started", reason: error.message };
  return existsSync(folder) ? { kind: "no-program" } : { kind: "not-started", reason: `there is no folder ${folder}` };
}
