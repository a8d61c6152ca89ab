import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { programPath } from "./parties/find-program.ts";
import { type TalosUser, talosMain } from "./run-talos.ts";

interface TerminalStart {
  readonly environment?: Readonly<Record<string, string>>;
  readonly columns?: number;
  /** What the person types, each once the text that ends with a question waits for it. */
  readonly answers?: readonly string[];
  /** How a question ends; `[y/N] ` if not given. */
  readonly questionEnd?: string;
}

export interface TerminalRun {
  readonly status: number | null;
  /** Everything the terminal was sent, with its control sequences. */
  readonly screen: string;
}

/** Runs talos in a pseudo terminal of the program `script`, of util-linux or of BSD. */
export function runInTerminal(
  user: TalosUser,
  args: readonly string[],
  { environment = {}, columns = 80, answers = [], questionEnd = "[y/N] " }: TerminalStart = {},
): Promise<TerminalRun> {
  const words = [process.execPath, talosMain, ...args].map((word) => `'${word}'`).join(" ");
  const command = `stty cols ${columns} rows 40; exec ${words}`;
  const options =
    process.platform === "darwin" ? ["-q", "/dev/null", "/bin/sh", "-c", command] : ["-qec", command, "/dev/null"];
  const child = spawn(programPath("script"), options, {
    cwd: user.home.path,
    env: { ...user.environment, TERM: "xterm-256color", ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let screen = "";
  let since = "";
  const waiting = [...answers];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text;
    since += text;
    if (!stripVTControlCharacters(since).endsWith(questionEnd)) return;
    since = "";
    const answer = waiting.shift();
    if (answer !== undefined) child.stdin.write(answer);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (status) => resolve({ status, screen }));
  });
}
