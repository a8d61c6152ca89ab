import { resolve } from "node:path";
import type { Operation } from "../operations/operation.ts";
import type { Answer } from "../socket/answer-line.ts";
import { askTalos } from "./ask-talos.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { readCommandConfig } from "./read-command-config.ts";
import { renderView } from "./render-view.ts";
import type { Terminal } from "./terminal.ts";

interface OperationCommandRun {
  readonly operation: Operation;
  readonly given: Readonly<Record<string, unknown>>;
  readonly isJson: boolean;
  readonly configFile: string | undefined;
  readonly terminal: Terminal;
}

export async function runOperationCommand(run: OperationCommandRun): Promise<ExitStatus> {
  const { operation, given, isJson, terminal } = run;
  const config = readCommandConfig(run.configFile, () => undefined);
  const answer = await askTalos({
    dataDirectory: resolve(config.DataDirectory),
    operation: operation.name,
    given,
    isJson,
    terminal,
  });
  return showAnswer(answer, isJson, terminal);
}

/** What was answered on standard output, and what was not done on standard error. */
export function showAnswer(answer: Answer, isJson: boolean, terminal: Terminal): ExitStatus {
  const { operation, ok, view, code } = answer;
  const status = ok ? exitStatus.done : code === "usage" ? exitStatus.usage : exitStatus.failed;
  if (isJson) {
    if (ok && view.length === 0) return status;
    terminal.out(JSON.stringify({ operation, ok, view }, null, 2));
    return status;
  }
  if (ok) for (const line of renderView(view, terminal, { nowMs: Date.now() })) terminal.out(line);
  else {
    const plain = { ...terminal, columns: undefined, style: (_: unknown, text: string) => text };
    const [first = "", ...others] = renderView(view, plain, { nowMs: Date.now() });
    for (const line of [`talos: ${first}`, ...others.map((other) => `  ${other}`)]) terminal.err(line.trimEnd());
  }
  return status;
}
