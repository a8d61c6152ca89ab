import type { DaemonLog } from "../daemon/daemon-log.ts";
import { printable } from "./printable.ts";
import type { Format, Terminal } from "./terminal.ts";

const levels = { debug: 0, info: 1, warn: 2, error: 3 } as const;
export type LogLevel = keyof typeof levels;
const formats: Readonly<Record<LogLevel, Format>> = { debug: "dim", info: "reset", warn: "yellow", error: "red" };

/** The log as a person at a terminal reads it: the time, what it is, the sentence, and where. */
export function openTerminalLog(terminal: Terminal, least: LogLevel): DaemonLog {
  const write = (level: LogLevel) => (first: object | string, second?: string) => {
    if (levels[level] < levels[least]) return;
    const facts: Readonly<Record<string, unknown>> = typeof first === "string" ? {} : { ...first };
    const text = typeof first === "string" ? first : (second ?? "");
    const time = terminal.style("dim", new Date().toTimeString().slice(0, 8));
    const kind = typeof facts["kind"] === "string" ? `${facts["kind"].padEnd(18)} ` : "";
    const where = typeof facts["source"] === "string" ? terminal.style("dim", `  ${printable(facts["source"])}`) : "";
    terminal.err(`${time} ${kind}${terminal.style(formats[level], printable(text))}${where}`);
    if (typeof facts["error"] === "string") terminal.err(printable(facts["error"]));
  };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}
