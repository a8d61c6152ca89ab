import { userInfo } from "node:os";
import type { ViewPart } from "../operations/view.ts";
import type { Answer } from "../socket/answer-line.ts";
import { callOperation } from "../socket/call-operation.ts";
import { printable } from "./printable.ts";
import { openProgressLine } from "./progress-line.ts";
import { renderView, type Table } from "./render-view.ts";
import type { Terminal } from "./terminal.ts";

interface Question {
  readonly dataDirectory: string;
  readonly operation: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly isJson: boolean;
  readonly terminal: Terminal;
}

/** Asks the running Talos and shows how far it is; parts that come before the answer are printed at once. */
export async function askTalos({ dataDirectory, operation, given, isJson, terminal }: Question): Promise<Answer> {
  const lines = callOperation({ dataDirectory, operation, values: given, actor: loginName() });
  using progress = openProgressLine(terminal, false);
  let above: Table | undefined;
  for (;;) {
    const line = await lines.next();
    if (line.done === true) return line.value;
    if (line.value.kind === "status") progress.show(printable(line.value.text));
    else {
      progress.clear();
      const { part } = line.value;
      if (isJson) terminal.out(JSON.stringify({ operation, ok: true, view: [part] }));
      else for (const text of showPart(part, above, terminal)) terminal.out(text);
      if (part.type === "table") above ??= part;
    }
  }
}

/** A table that goes on from the one before has no head of its own. */
function showPart(part: ViewPart, above: Table | undefined, terminal: Terminal): readonly string[] {
  return renderView([part], terminal, { nowMs: Date.now(), isHeadless: above !== undefined, above });
}

/** Some containers run as a user that has no name. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? "";
  }
}
