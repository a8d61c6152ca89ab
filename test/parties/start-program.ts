import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { programEnvironment } from "./find-program.ts";

export interface RunningProgram extends AsyncDisposable {
  /** What `ready` caught in the line that said so. */
  readonly ready: RegExpMatchArray;
  /** Everything it wrote so far. */
  readonly output: readonly string[];
}

export interface ProgramStart {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  /** The line of output that says that it can be used. */
  readonly ready: RegExp;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * The program runs under a shell that holds the other end of a pipe to this process: however this process ends, also by
 * SIGKILL, the pipe closes and the shell ends the program.
 */
const guard =
  'exec 3<&0; "$@" </dev/null 3<&- & program=$!; { read -r _ <&3; kill "$program"; } 2>/dev/null & watch=$!; wait "$program"; status=$?; kill "$watch" 2>/dev/null; exit "$status"';
const startSeconds = 15;

export async function startProgram(start: ProgramStart): Promise<RunningProgram> {
  const child = spawn("/bin/sh", ["-c", guard, "guard", start.command, ...start.arguments], {
    cwd: start.folder,
    env: { ...programEnvironment(), ...start.environment },
    stdio: ["pipe", "pipe", "pipe"],
    // A process group of its own, so that all of it can be ended by one id.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const output: string[] = [];
  const ready = Promise.withResolvers<RegExpMatchArray>();
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      output.push(line);
      const match = start.ready.exec(line);
      if (match !== null) ready.resolve(match);
    });
  const fail = (why: string) => ready.reject(new Error(`${start.command} ${why}:\n${output.slice(-20).join("\n")}`));
  void exited.then(() => fail("ended before it was ready"));
  const stop = async () => {
    child.stdin.destroy();
    const killer = setTimeout(() => killGroup(child.pid), 5000);
    await exited;
    clearTimeout(killer);
  };
  const clock = new AbortController();
  void delay(startSeconds * 1000, undefined, { signal: clock.signal, ref: false }).then(
    () => fail(`was not ready after ${startSeconds} s`),
    () => undefined,
  );
  try {
    return { ready: await ready.promise, output, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clock.abort();
  }
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
