import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { talosMain } from "../run-talos.ts";

/** One line of the daemon's log. */
export interface LogLine {
  readonly level: number;
  readonly msg: string;
  /** Of an event. */
  readonly kind?: string;
  readonly source?: string;
  readonly subject?: string;
  readonly commit?: string;
  readonly [name: string]: unknown;
}

export interface RunningDaemon extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly lines: readonly LogLine[];
  /** What it wrote that is no line of the log. */
  readonly other: readonly string[];
  /** The first line, from the `from`th on, that it wrote or will write. Fails when it ends or after `patienceMs`. */
  waitFor(what: string, matches: (line: LogLine) => boolean, from?: number): Promise<LogLine>;
  /** Ends it by SIGKILL and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends it by SIGTERM; gives its exit status. */
  stop(): Promise<number | null>;
}

export interface DaemonStart {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** How long `waitFor` waits; default 30 s, or as long as the test may take. */
  readonly patienceMs?: number | undefined;
}

/** `talos run` as a process of its own. */
export function runDaemon({ folder, environment, args = [], patienceMs = 30_000 }: DaemonStart): RunningDaemon {
  const child = spawn(process.execPath, [talosMain, "run", ...args], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: LogLine[] = [];
  const other: string[] = [];
  const listeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => listener());
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (text) => {
      if (text.startsWith("{")) lines.push(JSON.parse(text));
      else other.push(text);
      tell();
    });
  const exited = once(child, "close").then(() => undefined);
  void exited.then(tell);
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  const daemon: RunningDaemon = {
    child,
    lines,
    other,
    waitFor(what, matches, from = 0) {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.slice(from).find(matches);
          if (found !== undefined) settle(() => resolve(found));
          else if (isGone()) settle(() => reject(new Error(`the daemon ended before: ${what}\n${describe()}`)));
        };
        const timer = setTimeout(
          () => settle(() => reject(new Error(`the daemon never said: ${what}\n${describe()}`))),
          patienceMs,
        );
        const settle = (end: () => void) => {
          listeners.delete(look);
          clearTimeout(timer);
          end();
        };
        listeners.add(look);
        look();
      });
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async stop() {
      if (!isGone()) child.kill("SIGTERM");
      await exited;
      return child.exitCode;
    },
    async [Symbol.asyncDispose]() {
      if (!isGone()) await daemon.kill();
    },
  };
  return daemon;

  function describe(): string {
    return [...other, ...lines.map((line) => JSON.stringify(line))].slice(-40).join("\n");
  }
}
