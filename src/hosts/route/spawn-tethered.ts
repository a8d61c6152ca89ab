import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";

/** A program that ends when its input is closed: see `endWithInput`. */
export interface TetheredProgram {
  readonly child: ReturnType<typeof startChild>;
  /** Resolves when it has ended and its output was handed out. Never rejects. */
  readonly ended: Promise<ProgramEnd>;
  /** Tells it to end. */
  end(): void;
  /** It and all of its process group, at once. */
  kill(): void;
}

interface ProgramEnd {
  /** undefined: it was not started, or was killed. */
  readonly exitCode: number | undefined;
  /** Why it was not started. */
  readonly fault: string | undefined;
}

/** Starts it in a session of its own: no terminal to ask anything on, and Ctrl-C there is not for it. */
export function spawnTethered(command: readonly string[], environment: NodeJS.ProcessEnv): TetheredProgram {
  const child = startChild(command, environment);
  const { promise, resolve } = Promise.withResolvers<ProgramEnd>();
  child.stdin.on("error", () => undefined);
  child.once("error", (error) => resolve({ exitCode: undefined, fault: error.message }));
  // Its watch waits for the same, and only then is nothing left of it.
  child.once("exit", () => child.stdin.destroy());
  child.once("close", (code) => resolve({ exitCode: code ?? undefined, fault: undefined }));
  return { child, ended: promise, end: () => child.stdin.destroy(), kill: () => killGroup(child.pid) };
}

function startChild([program = "", ...words]: readonly string[], environment: NodeJS.ProcessEnv) {
  return spawn(program, words, {
    cwd: existsSync(homedir()) ? homedir() : "/",
    env: environment,
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
}

function killGroup(group: number | undefined): void {
  try {
    if (group !== undefined) process.kill(-group, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
